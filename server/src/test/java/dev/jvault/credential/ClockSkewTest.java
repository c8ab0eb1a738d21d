package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockSkewTest {
  private final FakeClock clock = new FakeClock();
  private final Instant noon = clock.instant();
  private final Instant one = noon.plusSeconds(3600);
  private final ClockSkew skew = new ClockSkew(clock);

  @Test
  void isZeroBeforeAnyResponse() {
    assertThat(skew.ahead()).isZero();
    assertThat(skew.large()).isFalse();
    assertThat(skew.endHere(one)).isEqualTo(one);
  }

  @Test
  void movesTheEndEarlierIfTheClockIsBehind() {
    skew.measured(noon.plusSeconds(600));

    assertThat(skew.ahead()).isEqualTo(Duration.ofMinutes(-10));
    assertThat(skew.large()).isTrue();
    assertThat(skew.endHere(one)).isEqualTo(one.minusSeconds(600));
    assertThat(skew).hasToString("10 minutes behind AWS");
  }

  @Test
  void neverMovesTheEndLater() {
    skew.measured(noon.minusSeconds(600));

    assertThat(skew.large()).isTrue();
    assertThat(skew.endHere(one)).isEqualTo(one);
    assertThat(skew).hasToString("10 minutes ahead of AWS");
  }

  @Test
  void toleratesAMinute() {
    skew.measured(noon.plusSeconds(60));

    assertThat(skew.large()).isFalse();
    assertThat(skew.endHere(one)).isEqualTo(one);
    assertThat(skew).hasToString("1 minute behind AWS");

    skew.measured(noon.plusSeconds(61));

    assertThat(skew.large()).isTrue();
  }

  @Test
  void isGoneOnceTheClockIsCorrected() {
    skew.measured(noon.minusSeconds(600));
    skew.measured(noon);

    assertThat(skew.large()).isFalse();
  }

  @Test
  void followsTheWallClockWhenItIsSet() {
    skew.measured(noon);
    clock.set(Duration.ofHours(-1));

    assertThat(skew.ahead()).isEqualTo(Duration.ofHours(-1));
    assertThat(skew.endHere(one)).isEqualTo(one.minusSeconds(3600));

    clock.set(Duration.ofHours(25));

    assertThat(skew.ahead()).isEqualTo(Duration.ofDays(1));
    assertThat(skew.endHere(one)).isEqualTo(one);

    clock.set(Duration.ofDays(-1));

    assertThat(skew.ahead()).isZero();
  }

  @Test
  void isNotChangedByTimeThatPasses() {
    skew.measured(noon.plusSeconds(600));
    clock.advance(Duration.ofDays(3));

    assertThat(skew.ahead()).isEqualTo(Duration.ofMinutes(-10));
  }
}
