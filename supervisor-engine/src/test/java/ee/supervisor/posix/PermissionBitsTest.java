package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionBitsTest {

  @ParameterizedTest
  @CsvSource({"0,---------", "700,rwx------", "640,rw-r-----", "4755,rwxr-xr-x", "777,rwxrwxrwx"})
  void eachOfTheNineBitsIsAPermission(String octal, String permissions) {
    assertThat(PosixFilePermissions.toString(PermissionBits.of(Integer.parseInt(octal, 8))))
        .isEqualTo(permissions);
  }
}
