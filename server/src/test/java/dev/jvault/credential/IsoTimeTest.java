package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IsoTimeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2030-01-02T03:04:05Z",
        "2030-01-02T03:04:05.000Z",
        "2030-01-02T03:04:05,0Z",
        "2030-01-02T03:04:05.000000000123Z",
        "2030-01-02t03:04:05z",
        "2030-01-02 03:04:05 UTC",
        "2030-01-02T03:04:05+00:00",
        "2030-01-02T03:04:05-0000",
        "2030-01-02T05:34:05+02:30",
        "2030-01-01T23:04:05-04",
        "20300102T030405Z",
        " 2030-01-02T03:04:05Z\n",
      })
  void readsEachFormOfATime(String text) {
    assertThat(IsoTime.parse(text)).hasValue(Instant.parse("2030-01-02T03:04:05Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2030-01-02T03:04:05",
        "2030-01-02",
        "2030-13-02T03:04:05Z",
        "2030-02-30T03:04:05Z",
        "2030-01-02T25:04:05Z",
        "2030-01-02T03:04:05+99:00",
        "1893553445",
        "tomorrow",
        "2030-01-02T03:04:05Zx",
      })
  void refusesOtherText(String text) {
    assertThat(IsoTime.parse(text)).isEmpty();
  }
}
