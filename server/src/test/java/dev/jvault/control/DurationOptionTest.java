package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationOptionTest {
  @Test
  void acceptsGosNotationAndDays() {
    assertThat(DurationOption.parse("--since", "90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(DurationOption.parse("--since", "1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(DurationOption.parse("--since", "2d1h")).isEqualTo(Duration.ofHours(49));
    assertThat(DurationOption.parse("--since", "999999d")).isEqualTo(Duration.ofDays(999_999));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "h",
        "1w",
        "-1h",
        "1.5h",
        " 1h",
        "1h ",
        "1H",
        "1000000d",
        "yesterday",
        "\u0661h"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> DurationOption.parse("--since", text))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("--since takes a duration such as 30m, 1h or 2d; correct it.");
  }
}
