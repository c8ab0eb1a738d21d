package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockSkewTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final Instant ONE = Instant.parse("2030-01-01T13:00:00Z");

  private final ClockSkew skew = new ClockSkew();

  @Test
  void isZeroBeforeAnyResponse() {
    assertThat(skew.ahead()).isZero();
    assertThat(skew.large()).isFalse();
    assertThat(skew.endHere(ONE)).isEqualTo(ONE);
  }

  @Test
  void movesTheEndEarlierIfTheClockIsBehind() {
    skew.measured(NOON.minusSeconds(600), NOON);

    assertThat(skew.ahead()).isEqualTo(Duration.ofMinutes(-10));
    assertThat(skew.large()).isTrue();
    assertThat(skew.endHere(ONE)).isEqualTo(ONE.minusSeconds(600));
    assertThat(skew).hasToString("10 minutes behind AWS");
  }

  @Test
  void neverMovesTheEndLater() {
    skew.measured(NOON.plusSeconds(600), NOON);

    assertThat(skew.large()).isTrue();
    assertThat(skew.endHere(ONE)).isEqualTo(ONE);
    assertThat(skew).hasToString("10 minutes ahead of AWS");
  }

  @Test
  void toleratesAMinute() {
    skew.measured(NOON.minusSeconds(60), NOON);

    assertThat(skew.large()).isFalse();
    assertThat(skew.endHere(ONE)).isEqualTo(ONE);
    assertThat(skew).hasToString("1 minute behind AWS");

    skew.measured(NOON.minusSeconds(61), NOON);

    assertThat(skew.large()).isTrue();
  }

  @Test
  void isGoneOnceTheClockIsCorrected() {
    skew.measured(NOON.plusSeconds(600), NOON);
    skew.measured(NOON, NOON);

    assertThat(skew.large()).isFalse();
  }
}
