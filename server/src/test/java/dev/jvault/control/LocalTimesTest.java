package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalTimesTest {
  /** A Saturday; 02:25 in New York. */
  private static final Instant NOW = Instant.parse("2026-11-28T07:25:11.076036Z");

  private final LocalTimes times = new LocalTimes(NOW, ZoneId.of("America/New_York"));

  @ParameterizedTest
  @CsvSource({
    "PT0.9S, 0 s",
    "PT59S, 59 s",
    "PT1M, 1 min",
    "PT59M59S, 59 min",
    "PT1H, 1 h",
    "PT3H5M, 3 h 5 min",
    "PT23H59M59S, 23 h 59 min",
    "P1D, 1 d",
    "P11DT5H, 11 d 5 h"
  })
  void showsASpanInItsLargestUnits(Duration span, String text) {
    assertThat(times.left(NOW.plus(span))).startsWith(text + " (until ");
    assertThat(times.shortAgo(NOW.minus(span))).isEqualTo(text + " ago");
  }

  @Test
  void showsTheSpanFirstAndThenTheLocalTime() {
    assertThat(times.left(NOW.plusSeconds(3599))).isEqualTo("59 min (until 03:25)");
    assertThat(times.in(NOW.plusSeconds(3599))).isEqualTo("in 59 min (03:25)");
    assertThat(times.since(NOW.minusSeconds(3600))).isEqualTo("1 h (since 01:25)");
    assertThat(times.note(NOW.minusSeconds(3600))).isEqualTo("(for 1 h, since 01:25)");
    assertThat(times.ago(NOW.minusSeconds(3600))).isEqualTo("1 h ago (01:25)");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-29T04:59:00Z, 23:59",
    "2026-11-29T05:00:00Z, Sun 00:00",
    "2026-11-28T04:59:00Z, Fri 23:59",
    "2026-12-04T17:00:00Z, Fri 12:00",
    "2026-12-05T17:00:00Z, 2026-12-05 12:00",
    "2026-11-21T17:00:00Z, 2026-11-21 12:00",
    "2027-11-28T17:00:00Z, 2027-11-28 12:00"
  })
  void namesTheDayIfItIsAnotherOne(Instant instant, String text) {
    assertThat(times.at(instant)).isEqualTo(text);
  }

  @Test
  void saysWhatIsOverOrDue() {
    assertThat(times.left(NOW)).isEqualTo("ended");
    assertThat(times.in(NOW.minusSeconds(100))).isEqualTo("now");
  }

  @Test
  void isNeverNegativeAfterAClockStep() {
    assertThat(times.ago(NOW.plusSeconds(100))).isEqualTo("0 s ago (02:26)");
  }
}
