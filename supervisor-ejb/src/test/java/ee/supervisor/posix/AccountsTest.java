package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountsTest {
  @Test
  void anAccountIsFoundByNameAndByNumber() throws Exception {
    Account root = new Account("root", 0, 0, "/root");
    assertThat(Accounts.lookup("root")).contains(root);
    assertThat(Accounts.lookup("0")).contains(root);
    assertThat(Accounts.byUid(0)).contains(root);
  }

  @Test
  void anAccountThatIsNotThereIsEmpty() throws Exception {
    assertThat(Accounts.lookup("no-such-user")).isEmpty();
    assertThat(Accounts.lookup("54321")).isEmpty();
  }

  @Test
  void aGroupIsFoundByNameAndByNumber() throws Exception {
    assertThat(Accounts.lookupGroup("root")).contains(0);
    assertThat(Accounts.lookupGroup("0")).contains(0);
    assertThat(Accounts.lookupGroup("no-such-group")).isEmpty();
  }

  @Test
  void aUsersGroupsStartWithThePrimaryOne() throws Exception {
    Account user = Accounts.lookup("nobody").orElseThrow();
    assertThat(Accounts.groups(user)).startsWith(user.gid());
  }
}
