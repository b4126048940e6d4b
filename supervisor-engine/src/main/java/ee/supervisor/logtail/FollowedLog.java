package ee.supervisor.logtail;

import ee.supervisor.http.ByteSource;
import ee.supervisor.output.LogFollower;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** A log as a source of bytes that never ends. */
public final class FollowedLog implements ByteSource {
  private final LogFollower follower;

  private FollowedLog(LogFollower follower) {
    this.follower = follower;
  }

  /**
   * Follows {@code log} from {@code headBytes} before its end.
   *
   * @throws IOException when there is no such file
   */
  public static FollowedLog open(Path log, int headBytes) throws IOException {
    return new FollowedLog(LogFollower.open(log, headBytes));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return follower.read(target);
  }

  @Override
  public void onReadable(Executor executor, Runnable callback) {
    follower.onReadable(executor, callback);
  }

  @Override
  public void close() throws IOException {
    follower.close();
  }
}
