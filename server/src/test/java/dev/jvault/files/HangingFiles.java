package dev.jvault.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Files of which some hang when they are opened, as on a network drive whose server is gone. */
public final class HangingFiles {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MOST_THREADS = 8;

  private final Set<Path> hanging = ConcurrentHashMap.newKeySet();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ForeignFiles files = new ForeignFiles(LIMIT, MOST_THREADS, this::open);

  /** The files; a look fails after two seconds. */
  public ForeignFiles files() {
    return files;
  }

  /** Makes a file hang from now on. */
  public void hang(Path path) {
    hanging.add(path);
  }

  /** Lets all files answer. */
  public void release() {
    hanging.clear();
    released.countDown();
  }

  private InputStream open(Path path) throws IOException {
    if (hanging.contains(path)) {
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    return Files.newInputStream(path);
  }
}
