package ee.supervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.control.RunningEngine;
import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Kernel;
import ee.supervisor.protocol.Signals;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.timer.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beans of a real engine, seen through a real MBean server. */
class JmxRegistryTest {
  private static final String SLEEPER =
      """
      [program:sleeper]
      command=/bin/sleep 1000
      startsecs=0
      environment=PASSWORD="secret"
      """;
  private static final ObjectName SLEEPER_BEAN = BeanNames.program("sleeper", "sleeper");

  @TempDir private Path directory;

  @Test
  void aRunningProgramShowsItsStateAndWhatItUses() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      int pid = shown.running().awaitState("sleeper", ProcessState.RUNNING).pid();

      assertThat(shown.attribute("sleeper", "StateName")).isEqualTo("RUNNING");
      assertThat(shown.attribute("sleeper", "State")).isEqualTo(20);
      assertThat(shown.attribute("sleeper", "Pid")).isEqualTo(pid);
      assertThat((String) shown.attribute("sleeper", "Description"))
          .startsWith("pid " + pid + ", uptime 0:00:");
      // a child that is just being made has no memory of its own yet
      await().until(() -> (Long) shown.attribute("sleeper", "ResidentBytes") > 0);
      assertThat(shown.attribute("sleeper", "StopTime")).isNull();
      assertThat(shown.attribute("sleeper", "StdoutLogfile").toString())
          .startsWith(directory.toString());
    }
  }

  @Test
  void endsAreCountedByTheirCause() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      Kernel.kill(
          shown.running().awaitState("sleeper", ProcessState.RUNNING).pid(), Signals.SIGKILL);
      await().until(() -> shown.running().info("sleeper").restarts() == 1);

      ProgramMXBean bean = JMX.newMXBeanProxy(shown.server(), SLEEPER_BEAN, ProgramMXBean.class);
      assertThat(bean.getExits()).isEqualTo(Map.of("SIGKILL", 1L));
      assertThat(bean.getSpawnErrors()).isZero();
      assertThat(bean.getRestarts()).isEqualTo(1);
    }
  }

  @Test
  void theConfigurationIsShownWithoutTheValuesOfTheEnvironment() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      String[] configuration = (String[]) shown.attribute("sleeper", "Configuration");

      assertThat(configuration)
          .contains("command=/bin/sleep 1000", "autorestart=unexpected", "environment=PASSWORD")
          .noneMatch(line -> line.contains("secret"));
    }
  }

  @Test
  void aNameThatIsTakenIsToldAndAllElseIsShown() throws Exception {
    try (ShownEngine shown =
        new ShownEngine(
            directory, SLEEPER + "[program:zed]\ncommand=/bin/cat\nautostart=false\n")) {
      shown.running().awaitState("sleeper", ProcessState.RUNNING);
      RunningEngine.response(shown.running().engine().removeGroup("zed"));
      ObjectName taken = BeanNames.program("zed", "zed");
      await().until(() -> !shown.server().isRegistered(taken));
      shown.server().registerMBean(new Timer(), taken);
      RecordedNotifications told = RecordedNotifications.of(shown.server(), BeanNames.SUPERVISOR);

      RunningEngine.response(shown.running().engine().addGroup("zed"));

      shown.running().awaitLogged("ERRO cannot show every process by JMX: ");
      shown.invoke(SLEEPER_BEAN, "stop");
      told.awaitMessage("sleeper:sleeper STOPPING -> STOPPED");
    }
  }

  @Test
  void namesWithSpecialCharactersAreQuoted() throws Exception {
    try (ShownEngine shown =
        new ShownEngine(
            directory,
            """
            [program:odd]
            command=/bin/sleep 1000
            process_name=a,b="c"*?
            """)) {
      ObjectName name = BeanNames.program("odd", "a,b=\"c\"*?");

      assertThat(name)
          .hasToString("ee.supervisor:type=Program,group=\"odd\",name=\"a,b=\\\"c\\\"\\*\\?\"");
      assertThat(shown.server().getAttribute(name, "Name")).isEqualTo("a,b=\"c\"*?");
    }
  }

  @Test
  void aProgramIsStoppedStartedAndRestarted() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      int first = shown.running().awaitState("sleeper", ProcessState.RUNNING).pid();

      shown.invoke(SLEEPER_BEAN, "stop");
      assertThat(shown.attribute("sleeper", "StateName")).isEqualTo("STOPPED");
      shown.invoke(SLEEPER_BEAN, "start");
      assertThat(shown.attribute("sleeper", "StateName")).isEqualTo("RUNNING");
      int second = (int) shown.attribute("sleeper", "Pid");
      shown.invoke(SLEEPER_BEAN, "restart");

      assertThat((int) shown.attribute("sleeper", "Pid")).isNotIn(first, second, 0);
    }
  }

  @Test
  void aRefusalIsAnExceptionOfTheJdkThatNamesTheFault() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      shown.running().awaitState("sleeper", ProcessState.RUNNING);

      assertThatThrownBy(() -> shown.invoke(SLEEPER_BEAN, "start"))
          .isInstanceOf(RuntimeMBeanException.class)
          .cause()
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("ALREADY_STARTED: sleeper:sleeper");
      assertThatThrownBy(() -> shown.invoke(SLEEPER_BEAN, "signal", "NONSENSE"))
          .cause()
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("BAD_SIGNAL: NONSENSE");
      assertThatThrownBy(() -> shown.invoke(BeanNames.SUPERVISOR, "process", "nobody"))
          .cause()
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("BAD_NAME: nobody");
    }
  }

  @Test
  void whatAProgramWritesIsReadAndClearedByJmx() throws Exception {
    try (ShownEngine shown =
        new ShownEngine(
            directory,
            """
            [program:cat]
            command=/bin/cat
            stdout_logfile=@DIR@/cat.log
            startsecs=0
            """)) {
      ObjectName cat = BeanNames.program("cat", "cat");
      shown.running().awaitState("cat", ProcessState.RUNNING);

      shown.invoke(cat, "sendStdin", "grüße\n");

      await().until(() -> readAll(shown, cat).equals("grüße\n"));
      assertThat(shown.attribute("cat", "StdoutLogBytes")).isEqualTo(8L);
      CompositeData slice =
          (CompositeData)
              shown
                  .server()
                  .invoke(
                      BeanNames.SUPERVISOR,
                      "follow",
                      new Object[] {"cat", "stdout", -3L},
                      new String[] {"java.lang.String", "java.lang.String", "long"});
      assertThat((byte[]) slice.get("data")).containsExactly(0x9f, 'e', '\n');
      shown.invoke(cat, "clearLogs");
      assertThat(shown.attribute("cat", "StdoutLogBytes")).isEqualTo(0L);
    }
  }

  private static String readAll(ShownEngine shown, ObjectName bean) throws JMException {
    return (String)
        shown
            .server()
            .invoke(bean, "readStdoutLog", new Object[] {0L, 0L}, new String[] {"long", "long"});
  }

  @Test
  void everyChangeOfStateIsToldInOrderWithoutGaps() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      shown.running().awaitState("sleeper", ProcessState.RUNNING);
      RecordedNotifications all = RecordedNotifications.of(shown.server(), BeanNames.SUPERVISOR);
      RecordedNotifications own = RecordedNotifications.of(shown.server(), SLEEPER_BEAN);

      shown.invoke(SLEEPER_BEAN, "restart");
      all.awaitMessage("sleeper:sleeper STARTING -> RUNNING");

      List<Notification> changes =
          all.all().stream().filter(AttributeChangeNotification.class::isInstance).toList();
      List<Notification> tail = changes.subList(changes.size() - 4, changes.size());
      assertThat(tail)
          .extracting(Notification::getMessage)
          .containsExactly(
              "sleeper:sleeper RUNNING -> STOPPING",
              "sleeper:sleeper STOPPING -> STOPPED",
              "sleeper:sleeper STOPPED -> STARTING",
              "sleeper:sleeper STARTING -> RUNNING");
      long first = tail.get(0).getSequenceNumber();
      assertThat(tail)
          .extracting(Notification::getSequenceNumber)
          .containsExactlyElementsOf(LongStream.range(first, first + 4).boxed().toList());
      assertThat(tail).extracting(Notification::getSource).containsOnly(SLEEPER_BEAN);
      AttributeChangeNotification last = (AttributeChangeNotification) tail.get(3);
      assertThat(last.getAttributeName()).isEqualTo("StateName");
      assertThat(last.getOldValue()).isEqualTo("STARTING");
      assertThat(last.getNewValue()).isEqualTo("RUNNING");
      assertThat(own.all()).containsSubsequence(tail);
    }
  }

  @Test
  void whatAProcessCommunicatesIsToldByteForByte() throws Exception {
    try (ShownEngine shown =
        new ShownEngine(
            directory,
            """
            [program:talker]
            command=/bin/sh -c "read go; printf '<!--XSUPERVISOR:BEGIN-->hi\\377<!--XSUPERVISOR:END-->'; exec sleep 1000"
            stdout_capture_maxbytes=1KB
            startsecs=0
            """)) {
      shown.running().awaitState("talker", ProcessState.RUNNING);
      RecordedNotifications told =
          RecordedNotifications.of(shown.server(), BeanNames.program("talker", "talker"));

      shown.invoke(BeanNames.program("talker", "talker"), "sendStdin", "go\n");

      Notification sent =
          told.awaitOne(n -> n.getType().equals("ee.supervisor.process.communication"));
      Map<?, ?> data = (Map<?, ?>) sent.getUserData();
      assertThat(data.get("group")).isEqualTo("talker");
      assertThat(data.get("channel")).isEqualTo("stdout");
      assertThat((byte[]) data.get("data")).containsExactly('h', 'i', 0xff);
    }
  }

  @Test
  void beansComeAndGoWithAnUpdate() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      RecordedNotifications told = RecordedNotifications.of(shown.server(), BeanNames.SUPERVISOR);
      shown
          .running()
          .configure(
              """
              [eventlistener:ears]
              command=/bin/cat
              events=PROCESS_STATE,TICK_5
              """);

      CompositeData changes = (CompositeData) shown.invoke(BeanNames.SUPERVISOR, "update");

      assertThat((String[]) changes.get("added")).containsExactly("ears");
      assertThat((String[]) changes.get("removed")).containsExactly("sleeper");
      told.awaitMessage("group ears added");
      told.awaitMessage("group sleeper removed");
      assertThat(names(shown))
          .containsExactlyInAnyOrder(
              BeanNames.SUPERVISOR,
              BeanNames.group("ears"),
              BeanNames.eventListener("ears", "ears"));
      assertThat(
              (String[])
                  shown.server().getAttribute(BeanNames.eventListener("ears", "ears"), "Events"))
          .containsExactly("PROCESS_STATE", "TICK_5");
    }
  }

  @Test
  void thePlanIsToldAsCompositeDataAndNothingIsDone() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      shown.running().awaitState("sleeper", ProcessState.RUNNING);
      shown.running().configure(SLEEPER.replace("secret", "other") + "priority=7\n");

      CompositeData plan = onGroups(shown, "plan", "sleeper");

      assertThat((String[]) plan.get("changed")).containsExactly("sleeper");
      assertThat((String[]) plan.get("restarts")).containsExactly("sleeper");
      CompositeData group = ((CompositeData[]) plan.get("groups"))[0];
      CompositeData process = ((CompositeData[]) group.get("processes"))[0];
      assertThat(process.get("effect")).isEqualTo("restart");
      assertThat((CompositeData[]) process.get("options"))
          .extracting(option -> option.get("option") + " " + option.get("after"))
          .containsExactlyInAnyOrder("environment PASSWORD ***", "priority 7");
      assertThat(shown.running().info("sleeper").config().priority()).isEqualTo(999);

      assertThatThrownBy(() -> onGroups(shown, "plan", "nope"))
          .hasRootCauseMessage("BAD_NAME: nope");
      CompositeData changes = onGroups(shown, "update", "sleeper");
      assertThat((String[]) changes.get("changed")).containsExactly("sleeper");
      assertThat(shown.running().info("sleeper").config().priority()).isEqualTo(7);
    }
  }

  private static CompositeData onGroups(ShownEngine shown, String operation, String... groups)
      throws JMException {
    return (CompositeData)
        shown
            .server()
            .invoke(
                BeanNames.SUPERVISOR,
                operation,
                new Object[] {groups, false},
                new String[] {String[].class.getName(), "boolean"});
  }

  @Test
  void readinessIsTold() throws Exception {
    try (ShownEngine shown =
        new ShownEngine(
            directory, SLEEPER + "readiness_check_script=/bin/true\nautostart=false\n")) {
      RecordedNotifications own = RecordedNotifications.of(shown.server(), SLEEPER_BEAN);
      shown.invoke(SLEEPER_BEAN, "start");

      Notification ready = own.awaitOne(n -> n.getType().equals("ee.supervisor.process.ready"));
      assertThat(((Map<?, ?>) ready.getUserData()).get("name")).isEqualTo("sleeper");
      shown.invoke(SLEEPER_BEAN, "stop");
      own.awaitMessage("sleeper:sleeper is not ready any more");
    }
  }

  @Test
  void aReloadReplacesAllBeans() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      shown.running().awaitState("sleeper", ProcessState.RUNNING);
      RecordedNotifications told = RecordedNotifications.of(shown.server(), BeanNames.SUPERVISOR);
      shown.running().configure(SLEEPER.replace("program:sleeper", "program:other"));

      shown.invoke(BeanNames.SUPERVISOR, "reload");

      told.awaitMessage("supervisord is stopping");
      told.awaitMessage("other:other STARTING -> RUNNING");
      assertThat(names(shown))
          .containsExactlyInAnyOrder(
              BeanNames.SUPERVISOR, BeanNames.group("other"), BeanNames.program("other", "other"));
    }
  }

  @Test
  void nothingIsLeftBehindAfterClose() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      shown.registry().close();
      shown.registry().close();

      assertThat(names(shown)).isEmpty();
    }
  }

  @Test
  void consolesAreToldWhatThingsMean() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, SLEEPER)) {
      MBeanInfo info = shown.server().getMBeanInfo(SLEEPER_BEAN);
      MBeanOperationInfo signal = operation(info, "signal");
      MBeanOperationInfo read = operation(info, "readStdoutLog");

      assertThat(info.getDescription()).isEqualTo("A process under supervisord's control");
      assertThat(info.getAttributes())
          .allSatisfy(a -> assertThat(a.getDescription()).isNotEqualTo(a.getName()));
      assertThat(info.getOperations())
          .allSatisfy(o -> assertThat(o.getDescription()).isNotEqualTo(o.getName()));
      assertThat(signal.getSignature()[0].getName()).isEqualTo("signal");
      assertThat(signal.getSignature()[0].getDescription()).contains("HUP");
      assertThat(signal.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
      assertThat(read.getImpact()).isEqualTo(MBeanOperationInfo.INFO);
      assertThat(info.getNotifications()).hasSize(3);
    }
  }

  private static MBeanOperationInfo operation(MBeanInfo info, String name) {
    return Arrays.stream(info.getOperations())
        .filter(o -> o.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<ObjectName> names(ShownEngine shown) throws JMException {
    return shown.server().queryNames(new ObjectName(BeanNames.DOMAIN + ":*"), null);
  }
}
