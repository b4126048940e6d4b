package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountNamesTest {

  @Test
  void theFirstNameOfANumberCounts() {
    AccountNames names =
        AccountNames.of(
            """
            root:x:0:0:root:/root:/bin/bash
            toor:x:0:0:root:/root:/bin/sh
            # nobody:x:65534
            +::::::
            -
            web app:x:33:33::/var/www:/bin/false
            """);

    assertThat(names.of(0)).isEqualTo("root");
    assertThat(names.of(33)).isEqualTo("'web app'");
    assertThat(names.of(1000)).isEqualTo("uid=1000");
  }
}
