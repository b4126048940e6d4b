package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsersTest {
  @Test
  void anAccountIsFoundByNameAndByNumber() throws Exception {
    User root = new User("root", 0, 0, "/root");
    assertThat(Users.lookup("root")).contains(root);
    assertThat(Users.lookup("0")).contains(root);
    assertThat(Users.byUid(0)).contains(root);
  }

  @Test
  void anAccountThatIsNotThereIsEmpty() throws Exception {
    assertThat(Users.lookup("no-such-user")).isEmpty();
    assertThat(Users.lookup("54321")).isEmpty();
  }

  @Test
  void aGroupIsFoundByNameAndByNumber() throws Exception {
    assertThat(Users.lookupGroup("root")).contains(0);
    assertThat(Users.lookupGroup("0")).contains(0);
    assertThat(Users.lookupGroup("no-such-group")).isEmpty();
  }

  @Test
  void aUsersGroupsStartWithThePrimaryOne() throws Exception {
    User user = Users.lookup("nobody").orElseThrow();
    assertThat(Users.groups(user)).startsWith(user.gid());
  }
}
