package dev.jvault.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Requests credentials while a file exists, each time with a new default chain of the SDK for Java.
 * Arguments: {@code FILE CLIENTS}.
 */
final class PollingJavaClient {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private PollingJavaClient() {}

  public static void main(String[] arguments) {
    Path asking = Path.of(arguments[0]);
    var count = new AtomicInteger();
    Queue<String> troubles = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newCachedThreadPool()) {
      for (int client = 0; client < Integer.parseInt(arguments[1]); client++) {
        threads.execute(() -> poll(asking, count, troubles));
      }
    }
    System.out.println(count + " " + troubles.size() + " " + String.join(" ", troubles));
  }

  private static void poll(Path asking, AtomicInteger count, Queue<String> troubles) {
    while (true) {
      try (var credentials = DefaultCredentialsProvider.builder().build()) {
        var _ = credentials.resolveCredentials();
        count.incrementAndGet();
      } catch (RuntimeException e) {
        troubles.add(String.valueOf(e.getMessage()));
      }
      if (Files.notExists(asking)) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
