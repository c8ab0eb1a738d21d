package dev.jvault.e2e;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Requests credentials again and again, each time with a new default chain of the SDK for Java.
 * Arguments: {@code SECONDS CLIENTS}.
 */
final class PollingJavaClient {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private PollingJavaClient() {}

  public static void main(String[] arguments) {
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
    var count = new AtomicInteger();
    Queue<String> troubles = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newCachedThreadPool()) {
      for (int client = 0; client < Integer.parseInt(arguments[1]); client++) {
        threads.execute(() -> poll(end, count, troubles));
      }
    }
    System.out.println(count + " " + troubles.size() + " " + String.join(" ", troubles));
  }

  private static void poll(long end, AtomicInteger count, Queue<String> troubles) {
    while (System.nanoTime() < end) {
      try (var credentials = DefaultCredentialsProvider.builder().build()) {
        var _ = credentials.resolveCredentials();
        count.incrementAndGet();
      } catch (RuntimeException e) {
        troubles.add(String.valueOf(e.getMessage()));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
