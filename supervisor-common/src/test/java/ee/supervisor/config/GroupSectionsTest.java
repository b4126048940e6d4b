package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupSectionsTest {
  private static final String A_AND_B =
      "[program:a]\ncommand=a %(group_name)s\n[program:b]\ncommand=b\npriority=1\n";

  @TempDir private Path directory;

  private List<GroupConfig> groups(String sections) throws ConfigException {
    return new ConfigFolder(directory).readWith(sections).groups();
  }

  private String error(String sections) {
    return new ConfigFolder(directory).errorWith(sections);
  }

  @Test
  void aProgramIsAGroupOfItsOwn() throws ConfigException {
    GroupConfig group = groups("[program:a]\ncommand=cat\npriority=7\n").get(0);
    assertThat(group).isInstanceOf(GroupConfig.Programs.class);
    assertThat(group.name()).isEqualTo("a");
    assertThat(group.priority()).isEqualTo(7);
  }

  @Test
  void groupsAreSortedByPriorityThenName() throws ConfigException {
    assertThat(
            groups(
                "[program:c]\ncommand=c\n[program:a]\ncommand=a\n[program:b]\ncommand=b\npriority=1\n"))
        .extracting(GroupConfig::name)
        .containsExactly("b", "a", "c");
  }

  @Test
  void aGroupTakesItsProgramsOver() throws ConfigException {
    List<GroupConfig> groups = groups(A_AND_B + "[group:g]\nprograms=b, a\n");
    assertThat(groups).extracting(GroupConfig::name).containsExactly("g");
    assertThat(groups.get(0).priority()).isEqualTo(999);
    assertThat(groups.get(0).processes())
        .extracting(ProcessConfig::command)
        .containsExactly("b", "a g");
  }

  @Test
  void aGroupMayBeEmpty() throws ConfigException {
    assertThat(groups("[group:g]\npriority=3\n"))
        .containsExactly(new GroupConfig.Programs("g", 3, List.of()));
  }

  @Test
  void aFastCgiProgramInAGroupIsAProgram() throws ConfigException {
    List<GroupConfig> groups =
        groups("[fcgi-program:f]\ncommand=f\nsocket=tcp://a:1\n[group:g]\nprograms=f\n");
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0)).isInstanceOf(GroupConfig.Programs.class);
  }

  @Test
  void aProgramThatDoesNotExistIsTold() {
    assertThat(error("[group:g]\nprograms=z\n"))
        .isEqualTo("[group:g] names unknown program or fcgi-program z");
  }

  @Test
  void theSecondProgramThatDoesNotExistIsToldWithItsGroup() {
    assertThat(error(A_AND_B + "[group:g]\nprograms=a,z\n"))
        .isEqualTo(
            "[program:a] names unknown program or fcgi-program z (named in programs of [group:g])");
  }

  @Test
  void aProgramThatExistsTwiceIsTold() {
    assertThat(error("[program:a]\n[fcgi-program:a]\n[group:g]\nprograms=a\n"))
        .isEqualTo("[group:g] name a is ambiguous (exists as program and fcgi-program)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"group:a b", "program:a b", "fcgi-program:a b"})
  void aNameWithASpaceIsTold(String section) {
    assertThat(error("[" + section + "]\ncommand=cat\n"))
        .isEqualTo("Invalid name: 'a b' because of character: ' '");
  }

  @Test
  void aGroupsPriorityMustBeANumber() {
    assertThat(error("[group:g]\npriority=high\n"))
        .startsWith("priority=high is not a whole number: invalid literal for int()")
        .contains(" in section 'group:g' (file: '");
  }

  @Test
  void eventListenersComeFirst() throws ConfigException {
    List<GroupConfig> groups = groups(A_AND_B + "[eventlistener:l]\ncommand=l\nevents=TICK_5\n");
    assertThat(groups.get(0))
        .isEqualTo(
            new GroupConfig.EventListeners(
                "l",
                -1,
                groups.get(0).processes(),
                10,
                List.of("TICK_5"),
                "supervisor.dispatchers:default_handler"));
  }

  @Test
  void everyOptionOfAnEventListenerCanBeSet() throws ConfigException {
    GroupConfig.EventListeners listeners =
        (GroupConfig.EventListeners)
            groups(
                    """
                    [eventlistener:l]
                    command=l
                    events=tick_60, EVENT,TICK_60
                    buffer_size=3
                    priority=4
                    result_handler=a.b:c
                    """)
                .get(0);
    assertThat(listeners.events()).containsExactly("EVENT", "TICK_60");
    assertThat(listeners.bufferSize()).isEqualTo(3);
    assertThat(listeners.priority()).isEqualTo(4);
    assertThat(listeners.resultHandler()).isEqualTo("a.b:c");
    assertThat(listeners.processes().get(0).priority()).isEqualTo(4);
  }

  @Test
  void aListenerNeedsEvents() {
    assertThat(error("[eventlistener:l]\ncommand=l\n"))
        .isEqualTo("[eventlistener:l] section requires an \"events\" line");
  }

  @Test
  void anEventThatDoesNotExistIsTold() {
    assertThat(error("[eventlistener:l]\ncommand=l\nevents=TICK_7\n"))
        .isEqualTo("Unknown event type TICK_7 in [eventlistener:l] events");
  }

  @Test
  void aListenersBufferHoldsAtLeastOneEvent() {
    assertThat(error("[eventlistener:l]\ncommand=l\nevents=TICK_5\nbuffer_size=0\n"))
        .isEqualTo("[eventlistener:l] section sets invalid buffer_size (0)");
  }

  @Test
  void aListenersStderrCannotGoIntoItsStdout() {
    assertThat(error("[eventlistener:l]\ncommand=l\nevents=TICK_5\nredirect_stderr=true\n"))
        .isEqualTo(
            "[eventlistener:l] section sets redirect_stderr=true but this is not allowed because"
                + " it will interfere with the eventlistener protocol");
  }
}
