package ee.supervisor.output;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.LogDestination;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where one channel of a process is logged: a file, syslog, both or nowhere. Lives across respawns.
 * Confined to its process's strand, but for {@link #path} and {@link #bytesWritten}.
 */
final class ChannelLog {
  private static final int PERMISSIONS = 0666;

  /** An AUTO file is made for supervisord's user alone, and stays so across rotation. */
  private static final int AUTO_PERMISSIONS = 0600;

  private final Optional<Path> path;
  private final Optional<LogFile> file;
  private final Optional<BacklogWatch> backlog;
  private final Optional<Syslog> syslog;
  private final String syslogPrefix;

  /**
   * The log of one channel; nothing is opened yet.
   *
   * @param autoFile what {@code AUTO} stands for
   */
  ChannelLog(
      Reactor reactor,
      Strand strand,
      String process,
      ChannelConfig config,
      Optional<Path> autoFile,
      ActivityLog log) {
    syslogPrefix = process + ' ';
    syslog = config.syslog() ? Optional.of(new Syslog()) : Optional.empty();
    path =
        config.logfile() instanceof LogDestination.File named
            ? Optional.of(named.path())
            : autoFile;
    Rotation rotation =
        config.maxbytes() > 0 ? new Rotation(config.maxbytes(), config.backups()) : Rotation.NEVER;
    int permissions = autoFile.isPresent() ? AUTO_PERMISSIONS : PERMISSIONS;
    file = path.map(target -> new LogFile(target, rotation, permissions, log));
    backlog = file.map(target -> new BacklogWatch(reactor, strand, target));
  }

  /** The file, if there is one. Any thread may ask. */
  Optional<Path> path() {
    return path;
  }

  /** Bytes written to the file so far, 0 if there is none. Any thread may ask. */
  long bytesWritten() {
    return file.map(LogFile::bytesWritten).orElse(0L);
  }

  /** Whether lines go to syslog, for which {@link #append(byte[])} is needed. */
  boolean hasSyslog() {
    return syslog.isPresent();
  }

  /** Appends a direct buffer to the file, and consumes it. */
  void append(ByteBuffer data) {
    file.ifPresent(target -> target.append(data));
    data.position(data.limit());
  }

  /** Logs {@code data}. */
  void append(byte[] data) {
    if (file.isPresent()) {
      ByteBuffer scratch = TransferBuffers.ofThread().output();
      for (int from = 0; from < data.length; from += scratch.capacity()) {
        int count = Math.min(scratch.capacity(), data.length - from);
        file.get().append(scratch.clear().put(data, from, count).flip());
      }
    }
    syslog.ifPresent(target -> target.sendLines(syslogPrefix, data));
  }

  void open() {
    file.ifPresent(LogFile::open);
  }

  void reopen() {
    file.ifPresent(LogFile::reopen);
  }

  /** Begins the file anew, if there is one. */
  void clear() throws LogException {
    if (file.isPresent() && (file.get().isOpen() || Files.exists(file.get().path()))) {
      file.get().clear();
    }
  }

  /** Whether a FIFO or device needs time; see {@link LogFile#isBehind}. */
  boolean isBehind() {
    return file.isPresent() && file.get().isBehind();
  }

  /**
   * Runs {@code action} once nothing is held back for a FIFO or device any more, or it has taken
   * nothing for so long that it isn't waited for.
   */
  void whenCaughtUp(Runnable action) {
    if (backlog.isPresent()) {
      backlog.get().whenCaughtUp(action);
    } else {
      action.run();
    }
  }

  void close() {
    file.ifPresent(LogFile::close);
    syslog.ifPresent(Syslog::close);
  }
}
