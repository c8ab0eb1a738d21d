package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationTextTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({
    "PT0.9S, 0s",
    "PT1S, 1s",
    "PT59S, 59s",
    "PT1M, 1m 0s",
    "PT59M12S, 59m 12s",
    "PT1H, 1h 0m",
    "PT23H59M59S, 23h 59m",
    "P1D, 1d 0h",
    "P11DT5H, 11d 5h"
  })
  void showsTheTwoLargestUnits(Duration span, String text) {
    assertThat(DurationText.left(NOW.plus(span), NOW)).isEqualTo(text);
    assertThat(DurationText.ago(NOW.minus(span), NOW)).isEqualTo(text);
  }

  @Test
  void saysNowAfterTheEnd() {
    assertThat(DurationText.left(NOW, NOW)).isEqualTo("now");
    assertThat(DurationText.left(NOW.minusSeconds(100), NOW)).isEqualTo("now");
  }

  @Test
  void isNeverNegativeAfterAClockStep() {
    assertThat(DurationText.ago(NOW.plusSeconds(100), NOW)).isEqualTo("0s");
  }
}
