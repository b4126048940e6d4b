package ee.supervisor.control;

import ee.supervisor.config.FileWatch;
import ee.supervisor.posix.PromptThread;
import ee.supervisor.process.ChildLauncher;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What tells files of a program from what they were before: size, time of change and inode.
 *
 * @param binary that of its command; empty if it is not there, or not asked for
 * @param others those of the directory that is asked for, by their paths
 * @param complaint what cannot be looked at, for the log
 */
record FileStamps(Optional<Stamp> binary, Map<Path, Stamp> others, Optional<String> complaint) {
  /** More than that would be looked at for too long. */
  private static final int MOST = 10_000;

  /** One file. */
  record Stamp(long size, FileTime modified, Optional<Object> key) {
    static Stamp of(BasicFileAttributes file) {
      return new Stamp(file.size(), file.lastModifiedTime(), Optional.ofNullable(file.fileKey()));
    }
  }

  FileStamps {
    others = Map.copyOf(others);
  }

  /** Those of a program as they are now; looks at files. */
  static FileStamps of(ChildLauncher program) {
    FileWatch watch = program.config().policy().files();
    PromptThread.assertNotOn("look at", "a program's files");
    Optional<Stamp> binary =
        watch.binary() ? program.commandFile().flatMap(FileStamps::stamp) : Optional.empty();
    Map<Path, Stamp> others = new HashMap<>();
    Optional<String> complaint = Optional.empty();
    if (watch.directory().isPresent()) {
      Path directory = Path.of(watch.directory().get());
      String what =
          "restart_directory_monitor=%s of '%s': "
              .formatted(watch.directory().get(), program.config().name());
      if (!Files.isDirectory(directory)) {
        complaint = Optional.of(what + "there is no such directory yet");
      } else if (!walk(directory, watch.pattern(), others)) {
        complaint =
            Optional.of(what + "it has more than " + MOST + " entries, the rest is left aside");
      }
    }
    return new FileStamps(binary, others, complaint);
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      return Optional.of(Stamp.of(Files.readAttributes(file, BasicFileAttributes.class)));
    } catch (IOException e) {
      // it is being replaced: the next look finds it
      return Optional.empty();
    }
  }

  /** Whether all was looked at. */
  private static boolean walk(Path directory, String pattern, Map<Path, Stamp> found) {
    PathMatcher names = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    Walk walk = new Walk(names, found);
    try {
      Files.walkFileTree(directory, walk);
    } catch (IOException e) {
      // gone meanwhile
      return true;
    }
    return walk.entries <= MOST;
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final PathMatcher names;
    private final Map<Path, Stamp> found;
    private int entries;

    Walk(PathMatcher names, Map<Path, Stamp> found) {
      this.names = names;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return next();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (names.matches(file.getFileName())) {
        // of a link, what it leads to
        Optional<Stamp> stamp =
            attributes.isSymbolicLink() ? stamp(file) : Optional.of(Stamp.of(attributes));
        stamp.ifPresent(one -> found.put(file, one));
      }
      return next();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return next();
    }

    private FileVisitResult next() {
      entries++;
      return entries > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
  }

  /** Whether the file of the command is there and is another one. */
  boolean isOtherBinary(FileStamps before) {
    return binary.isPresent() && before.binary.isPresent() && !binary.equals(before.binary);
  }

  /** The first of the others that has come, gone or changed, by name. */
  String firstOther(FileStamps before) {
    TreeSet<Path> all = new TreeSet<>(others.keySet());
    all.addAll(before.others.keySet());
    return all.stream()
        .filter(file -> !Objects.equals(others.get(file), before.others.get(file)))
        .findFirst()
        .map(Path::toString)
        .orElse("a file");
  }
}
