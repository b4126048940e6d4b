package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrontSecretTest {

  @Test
  void eachRunHasItsOwnOf256Bits() {
    FrontSecret secret = FrontSecret.generate();

    assertThat(secret.hex()).matches("[0-9a-f]{64}").isNotEqualTo(FrontSecret.generate().hex());
    assertThat(secret.matches(secret.hex())).isTrue();
    assertThat(secret.matches(secret.hex().substring(1))).isFalse();
    assertThat(secret.matches(FrontSecret.generate().hex())).isFalse();
    assertThat(secret.toString()).doesNotContain(secret.hex());
  }

  @Test
  void onlyWhoOfferedItWithdrawsIt() {
    FrontSecret former = FrontSecret.generate();
    FrontSecret secret = FrontSecret.generate();
    FrontSecret.offer(former);
    FrontSecret.offer(secret);

    FrontSecret.withdraw(former);
    assertThat(FrontSecret.current()).hasValue(secret);

    FrontSecret.withdraw(secret);
    assertThat(FrontSecret.current()).isEmpty();
  }
}
