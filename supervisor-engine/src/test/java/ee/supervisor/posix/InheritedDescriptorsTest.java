package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InheritedDescriptorsTest {
  @Test
  void oneThatWasMovedIsFoundByItsOldNumber() {
    InheritedDescriptors descriptors = new InheritedDescriptors("0,1,2,7,3=9");

    assertThat(descriptors.at(7)).hasValue(7);
    assertThat(descriptors.at(3)).hasValue(9);
  }

  @Test
  void whatTheJvmOpenedIsNobodysToName() {
    InheritedDescriptors descriptors = new InheritedDescriptors("0,1,2,3=9");

    assertThat(descriptors.at(5)).isEmpty();
    assertThat(descriptors.at(9)).isEmpty();
  }

  @Test
  void withoutAStartScriptANumberIsItself() {
    assertThat(new InheritedDescriptors("").at(5)).hasValue(5);
  }
}
