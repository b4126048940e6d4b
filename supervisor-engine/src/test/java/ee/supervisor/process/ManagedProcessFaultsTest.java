package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.ConfigFile;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.Overrides;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Channel;
import ee.supervisor.event.ProcessState;
import ee.supervisor.host.ThisMachine;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.OutputListener;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.protocol.Signals;
import ee.supervisor.text.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process whose life is cut through by an Error goes on with it. */
class ManagedProcessFaultsTest {
  @TempDir private Path directory;
  private TestLoop loop;
  private ManagedProcess process;
  private FaultyRole role;

  /** Where what belongs to a process's group is called. */
  enum Place {
    STDIN,
    LISTENER,
    LAUNCHED,
    RELEASED,
    UNUSED
  }

  /** Throws so many times at one place. */
  private static final class FaultyRole implements ChildLauncher.Role {
    private final AtomicInteger left = new AtomicInteger();
    private volatile Place place = Place.STDIN;
    private volatile CountDownLatch holdUp = new CountDownLatch(0);

    void inject(Place where, int times) {
      place = where;
      left.set(times);
    }

    private void at(Place here) {
      if (here == place && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new NoClassDefFoundError("injected at " + here);
      }
    }

    @Override
    public Optional<Fd> stdin() {
      try {
        holdUp.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      at(Place.STDIN);
      return Optional.empty();
    }

    @Override
    public OutputListener listener(ManagedProcess managed, int pid) {
      at(Place.LISTENER);
      return new OutputListener() {
        @Override
        public void processLog(Channel channel, Bytes data, Runnable done) {
          done.run();
        }

        @Override
        public void communication(Channel channel, Bytes data, Runnable done) {
          done.run();
        }

        @Override
        public void protocol(Bytes data, Runnable done) {
          done.run();
        }
      };
    }

    @Override
    public void launched(ManagedProcess managed) {
      at(Place.LAUNCHED);
    }

    @Override
    public void released(ManagedProcess managed) {
      at(Place.RELEASED);
    }

    @Override
    public void unused() {
      at(Place.UNUSED);
    }
  }

  @BeforeEach
  void start() throws Exception {
    Path file = directory.resolve("supervisord.conf");
    Files.writeString(
        file,
        """
        [supervisord]
        nodaemon=true
        silent=true
        logfile=%%(here)s/supervisord.log
        [program:cat]
        command=/bin/cat
        startsecs=0
        stopwaitsecs=1
        autorestart=true
        """
            .replace("%%", "%"));
    Configuration configuration =
        new ConfigFile(file.toString(), Overrides.none(), ThisMachine.host()).load();
    loop =
        new TestLoop(
            ActivityLog.open(ActivityLog.Settings.of(configuration.supervisord())),
            configuration.supervisord());
    ProcessConfig config = configuration.groups().get(0).processes().get(0);
    role = new FaultyRole();
    process =
        new ManagedProcess(
            "cat",
            config,
            loop,
            new ChildLauncher(
                "cat",
                config,
                loop,
                loop.output().logsOf(config, configuration.supervisord(), false),
                role,
                Companion.NONE));
  }

  @AfterEach
  void stop() {
    loop.loseEnds(false);
    loop.run(() -> process.stop());
    await().until(() -> process.info().state().isStopped());
    loop.close();
  }

  @ParameterizedTest
  @EnumSource
  void anErrorAtItsStartIsTriedAgainOrBorne(Place place) {
    role.inject(place, 1);
    loop.run(process::start);

    awaitRunning();
  }

  @ParameterizedTest
  @EnumSource
  void anErrorAtItsEndLeavesItRestarted(Place place) throws PosixException {
    loop.run(process::start);
    int first = awaitRunning();
    role.inject(place, 1);

    Kernel.kill(first, Signals.SIGKILL);

    await().until(() -> process.info().pid() > 0 && process.info().pid() != first);
    awaitRunning();
  }

  @Test
  void aWatcherThatThrowsWatchesNoLongerAndNobodyElseMissesTheChange() {
    AtomicInteger called = new AtomicInteger();
    CountDownLatch other = new CountDownLatch(1);
    loop.run(
        () -> {
          process.watch(
              changed -> {
                called.incrementAndGet();
                throw new StackOverflowError("injected");
              });
          process.watch(
              changed -> {
                other.countDown();
                return false;
              });
          process.start();
        });

    awaitRunning();
    assertThat(called).hasValue(1);
    assertThat(other.getCount()).isZero();
  }

  @Test
  void anEndThatNobodyWasToldOfIsFoundOut() throws PosixException {
    loop.run(process::start);
    int first = awaitRunning();
    loop.loseEnds(true);
    Kernel.kill(first, Signals.SIGKILL);
    await().until(() -> loop.spawner().children().alive().stream().allMatch(this::hasEnded));
    loop.loseEnds(true);

    loop.run(process::audit);
    assertThat(process.info().state()).isEqualTo(ProcessState.RUNNING);
    loop.run(process::audit);

    assertThat(process.info().state()).isEqualTo(ProcessState.BACKOFF);
    await().until(() -> process.info().pid() > 0 && process.info().pid() != first);
  }

  @Test
  void auditsFindNothingWrongWithAProcessThatIsWell() {
    loop.run(process::start);
    int first = awaitRunning();
    for (int i = 0; i < 5; i++) {
      loop.run(process::audit);
    }

    assertThat(process.info().pid()).isEqualTo(first);
  }

  @Test
  void oneWhoseFileSystemDoesNotAnswerCanBeStoppedAndStartedAnew() {
    CountDownLatch fileSystem = new CountDownLatch(1);
    role.holdUp = fileSystem;
    loop.run(process::start);
    assertThat(process.info().state()).isEqualTo(ProcessState.STARTING);

    loop.run(() -> process.stop());
    loop.run(() -> assertThat(process.isStartable()).isFalse());
    await().until(() -> process.info().state() == ProcessState.STOPPED);
    role.holdUp = new CountDownLatch(0);
    loop.run(process::start);

    int pid = awaitRunning();
    fileSystem.countDown();
    // the child that came too late is ended, and is not taken for the other
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> loop.spawner().children().alive().size() == 1);
    assertThat(process.info().pid()).isEqualTo(pid);
  }

  private boolean hasEnded(Child child) {
    return loop.spawner().children().hasEnded(child);
  }

  private int awaitRunning() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> process.info().state() == ProcessState.RUNNING && process.info().pid() > 0);
    return process.info().pid();
  }
}
