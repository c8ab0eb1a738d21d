package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IdleEndTest {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final FakeUse use = new FakeUse();
  private final AtomicInteger stops = new AtomicInteger();
  private Instant now = Instant.EPOCH;
  private IdleEnd end = new IdleEnd(use, LONGEST, () -> now, stops::incrementAndGet);

  @BeforeEach
  void begin() {
    end = new IdleEnd(use, LONGEST, () -> now, stops::incrementAndGet);
  }

  @Test
  void endsADaemonThatNobodyUses() {
    look(LONGEST.minusSeconds(1));
    assertThat(stops).hasValue(0);
    look(Duration.ofSeconds(1));
    assertThat(stops).hasValue(1);
    assertThat(use.paused).as("connections wait for the next daemon").isTrue();
  }

  @Test
  void aRequestBeginsTheTimeAgain() {
    look(LONGEST.minusSeconds(1));
    use.requests++;
    look(Duration.ofSeconds(1));
    look(LONGEST.minusSeconds(1));
    assertThat(stops).hasValue(0);
    look(Duration.ofSeconds(1));
    assertThat(stops).hasValue(1);
  }

  @Test
  void whatIsNeededKeepsItRunning() {
    use.needed = true;
    look(LONGEST);
    look(LONGEST);
    assertThat(stops).hasValue(0);
    use.needed = false;
    look(LONGEST.minusSeconds(1));
    assertThat(stops).hasValue(0);
  }

  @Test
  void aConnectionThatCameAtTheLastMomentIsServed() {
    use.whenPaused = () -> use.needed = true;
    look(LONGEST);
    assertThat(stops).hasValue(0);
    assertThat(use.paused).as("it accepts connections again").isFalse();
  }

  @Test
  void aRequestThatCameAtTheLastMomentKeepsItRunning() {
    use.whenPaused = () -> use.requests++;
    look(LONGEST);
    assertThat(stops).hasValue(0);
    assertThat(use.paused).isFalse();
    use.whenPaused = () -> {};
    look(LONGEST);
    assertThat(stops).hasValue(1);
  }

  private void look(Duration later) {
    now = now.plus(later);
    assertThat(end.get()).isEmpty();
  }

  private static final class FakeUse implements IdleEnd.Use {
    private long requests;
    private boolean needed;
    private boolean paused;
    private Runnable whenPaused = () -> {};

    @Override
    public long requests() {
      return requests;
    }

    @Override
    public boolean needed() {
      return needed;
    }

    @Override
    public void pause(boolean now) {
      paused = now;
      if (now) {
        whenPaused.run();
      }
    }
  }
}
