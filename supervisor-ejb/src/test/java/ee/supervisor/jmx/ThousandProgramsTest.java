package ee.supervisor.jmx;

import static java.util.Comparator.naturalOrder;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.Event;
import ee.supervisor.text.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand programs: what JMX costs then. */
class ThousandProgramsTest {
  private static final String PROGRAMS =
      """
      [program:many]
      command=/bin/sleep 1000
      autostart=false
      stdout_logfile=NONE
      stderr_logfile=NONE
      numprocs=1000
      process_name=many_%(process_num)d
      """;

  @TempDir private Path directory;

  @Test
  void aThousandProgramsAreRegisteredInUnderASecond() throws Exception {
    try (ShownEngine shown = new ShownEngine(directory, PROGRAMS)) {
      assertThat(programs(shown)).hasSize(1000);
      // The fastest of a few, lest this measure what else the machine is doing.
      assertThat(Stream.generate(shown::registerAgain).limit(5).min(naturalOrder()))
          .hasValueSatisfying(d -> assertThat(d).isLessThan(Duration.ofSeconds(1)));
    }
  }

  @Test
  void allAttributesOfAllProgramsAreReadWhileTheControlLoopIsHeldUp() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ShownEngine shown = new ShownEngine(directory, PROGRAMS)) {
      shown.running().engine().subscribe(e -> hold(e, held, release));
      shown.running().engine().sendRemoteCommEvent("hold", Bytes.utf8(""));
      assertThat(held.await(10, SECONDS)).isTrue();

      try {
        for (ObjectName program : programs(shown)) {
          String[] names = attributes(shown, program);
          AttributeList values = shown.server().getAttributes(program, names);
          assertThat(values).hasSize(names.length).hasSizeGreaterThan(20);
        }
        assertThat((CompositeData[]) supervisorAttribute(shown, "Processes")).hasSize(1000);
        assertThat((CompositeData[]) supervisorAttribute(shown, "ConfiguredProcesses"))
            .hasSize(1000);
      } finally {
        release.countDown();
      }
    }
  }

  private static void hold(Event event, CountDownLatch held, CountDownLatch release) {
    if (event instanceof Event.RemoteCommunication) {
      held.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Object supervisorAttribute(ShownEngine shown, String name) throws JMException {
    return shown.server().getAttribute(BeanNames.SUPERVISOR, name);
  }

  private static String[] attributes(ShownEngine shown, ObjectName bean) throws JMException {
    return Arrays.stream(shown.server().getMBeanInfo(bean).getAttributes())
        .map(MBeanAttributeInfo::getName)
        .toArray(String[]::new);
  }

  private static Set<ObjectName> programs(ShownEngine shown) throws JMException {
    return shown.server().queryNames(new ObjectName(BeanNames.DOMAIN + ":type=Program,*"), null);
  }
}
