package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.testing.FakeClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
  private final FakeClock clock = new FakeClock();
  private final AtomicInteger beats = new AtomicInteger();

  @Test
  void callsTheTaskAtOnceAndAgainWhenItIsDue() {
    try (var _ = Heartbeat.start(this::dueAtOnce, clock)) {
      await().untilAsserted(() -> assertThat(beats).hasValueGreaterThan(2));
    }
  }

  @Test
  void waitsWhileNothingIsDue() {
    try (var _ =
        Heartbeat.start(
            () -> {
              beats.incrementAndGet();
              return Optional.of(clock.instant().plusSeconds(3_600));
            },
            clock)) {
      await().untilAsserted(() -> assertThat(beats).hasPositiveValue());
      await().during(Duration.ofMillis(600)).untilAsserted(() -> assertThat(beats).hasValue(1));
    }
  }

  @Test
  void callsNothingOnceClosed() {
    var heartbeat = Heartbeat.start(this::dueAtOnce, clock);
    await().untilAsserted(() -> assertThat(beats).hasPositiveValue());
    heartbeat.close();
    await().during(Duration.ofMillis(600)).until(() -> beats.getAndSet(0) <= 1);
    assertThat(beats).hasValue(0);
  }

  private Optional<java.time.Instant> dueAtOnce() {
    beats.incrementAndGet();
    return Optional.of(clock.instant());
  }
}
