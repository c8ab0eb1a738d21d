package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as aws-vault's users set them. */
final class SessionLengthsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1h30m, 5400",
    "15m, 900",
    "36h, 129600",
    "900s, 900",
    "1.5h, 5400",
    ".5h, 1800",
    "1h0.5m, 3630",
    "900000ms, 900",
    "1800000000µs, 1800"
  })
  void readsGoDurations(String text, long seconds) {
    assertThat(lengths("AWS_SESSION_TOKEN_TTL", text).sessionToken(false))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "h", "1h 30m", "-1h", "14m59s", "36h1s", "1d", "999999999999h", "1h30", "１h"})
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> lengths("AWS_SESSION_TOKEN_TTL", text).sessionToken(true))
        .isInstanceOf(JvaultException.class)
        .hasMessage(
            "AWS_SESSION_TOKEN_TTL (in the environment) is not a duration such as 1h30m from 15m to"
                + " 36h; correct or unset it.");
  }

  @Test
  void aChainedSessionHasItsOwnVariableThenTheCommonOneThenTwelveHours() {
    SessionLengths both =
        lengths(Map.of("AWS_SESSION_TOKEN_TTL", "2h", "AWS_CHAINED_SESSION_TOKEN_TTL", "3h"));
    assertThat(both.sessionToken(false)).hasHours(2);
    assertThat(both.sessionToken(true)).hasHours(3);
    assertThat(lengths("AWS_SESSION_TOKEN_TTL", "2h").sessionToken(true)).hasHours(2);
    assertThat(lengths("AWS_CHAINED_SESSION_TOKEN_TTL", "2h").sessionToken(false)).hasHours(12);
  }

  @Test
  void theOlderNameOfTheVariableComesLast() {
    assertThat(lengths("AWS_SESSION_TTL", "3h").sessionToken(true)).hasHours(3);
    assertThat(
            lengths(Map.of("AWS_SESSION_TOKEN_TTL", "2h", "AWS_SESSION_TTL", "3h"))
                .sessionToken(false))
        .hasHours(2);
  }

  @Test
  void theVariableWinsOverTheProfilesSeconds() {
    var home = new ConfigHome(folder);
    home.config(
        "[profile a]\nrole_arn = arn:aws:iam::222222222222:role/r\nduration_seconds = 7200");
    assertThat(roleOf(home)).hasHours(2);
    assertThat(roleOf(home.with("AWS_ASSUME_ROLE_TTL", "3h"))).hasHours(3);
    home.config("[profile a]\nrole_arn = arn:aws:iam::222222222222:role/r");
    assertThat(roleOf(home.with("AWS_ASSUME_ROLE_TTL", ""))).hasHours(1);
  }

  @Test
  void theDurationOptionLeavesAChainedSessionAlone() {
    Map<String, String> option = Map.of("--duration", "20m");
    assertThat(lengths(option).sessionToken(false)).hasMinutes(20);
    assertThat(lengths(option).sessionToken(true)).hasHours(12);
    assertThat(
            lengths(Map.of("--duration", "20m", "AWS_SESSION_TOKEN_TTL", "2h")).sessionToken(true))
        .hasHours(2);
  }

  @Test
  void theDurationOptionIsForTheRequestedRoleOnly() {
    var home = new ConfigHome(folder);
    home.config(
        """
        [profile a]
        role_arn = arn:aws:iam::222222222222:role/r
        [profile b]
        role_arn = arn:aws:iam::222222222222:role/s
        source_profile = a
        """);
    home.with("--duration", "20m").with("AWS_ASSUME_ROLE_TTL", "30m");
    assertThat(home.resolve("b").hops())
        .filteredOn(Hop.AssumeRole.class::isInstance)
        .extracting(hop -> ((Hop.AssumeRole) hop).duration())
        .containsExactly(Duration.ofMinutes(30), Duration.ofMinutes(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3600", "48h", "14m", "1d"})
  void aWrongDurationOptionIsTheOptionsFault(String text) {
    assertThatThrownBy(() -> lengths("--duration", text).sessionToken(false))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "-d (--duration) takes the length of a key's session, such as 1h30m, from 15m to 36h;"
                + " correct it.");
  }

  private static Duration roleOf(ConfigHome home) {
    return ((Hop.AssumeRole) home.resolve("a").hops().getLast()).duration();
  }

  private static SessionLengths lengths(String name, String value) {
    return lengths(Map.of(name, value));
  }

  private static SessionLengths lengths(Map<String, String> variables) {
    var none = ConfigFile.empty(Path.of("/none"));
    return new SessionLengths(
        new SettingLookup(new ProfileSet(none, none), CallerEnvironment.of(variables)));
  }
}
