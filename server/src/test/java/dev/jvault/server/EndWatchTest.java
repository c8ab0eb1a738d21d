package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EndWatchTest {
  private final CompletableFuture<Integer> halted = new CompletableFuture<>();

  @Test
  @Attack("ends-in-time")
  void haltsIfTheEndTakesTooLong() throws Exception {
    var watch = new EndWatch(Duration.ofMillis(1), halted::complete);
    watch.begin(143);
    assertThat(halted.get(60, TimeUnit.SECONDS)).isEqualTo(143);
  }

  @Test
  void doesNotHaltAnOrderedEnd() throws Exception {
    var watch = new EndWatch(Duration.ofHours(1), halted::complete);
    watch.begin(0);
    watch.ended();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("end-watch")) {
        thread.join(60_000);
      }
    }
    assertThat(halted).isNotDone();
  }
}
