package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.CallerVariables;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a session for the console, or a limited one, comes from. */
final class FederationTest {
  @TempDir private Path folder;

  @Test
  void theKeyItselfSignsForAFederatedSession() {
    var home = home();
    assertThat(home.resolve("dev").hops())
        .hasSize(2)
        .last()
        .isInstanceOfSatisfying(
            Hop.FederationToken.class,
            hop -> {
              assertThat(hop.userName()).startsWith("jvault-").hasSizeLessThanOrEqualTo(32);
              assertThat(hop.limits()).isEqualTo(SessionLimits.ALL_OF_THE_USER);
              assertThat(hop.duration()).hasHours(1);
            });
  }

  @Test
  void itsLengthIsThatOfTheVariable() {
    var home = home().with("AWS_FEDERATION_TOKEN_TTL", "8h");
    assertThat(home.resolve("dev").hops().getLast())
        .isInstanceOfSatisfying(
            Hop.FederationToken.class, hop -> assertThat(hop.duration()).hasHours(8));
  }

  @Test
  void aConsolesLastsTwelveHoursAtMost() {
    var home = home().with("AWS_FEDERATION_TOKEN_TTL", "36h");
    assertThat(home.resolve("dev").hops().getLast())
        .isInstanceOfSatisfying(
            Hop.FederationToken.class, hop -> assertThat(hop.duration()).hasHours(12));
  }

  @Test
  void aRoleNeedsNone() {
    assertThat(home().resolve("role").hops())
        .noneMatch(Hop.FederationToken.class::isInstance)
        .last()
        .isInstanceOf(Hop.AssumeRole.class);
  }

  private ConfigHome home() {
    var home = new ConfigHome(folder);
    home.config(
        """
        [profile dev]
        region = eu-west-1
        mfa_serial = arn:aws:iam::123456789012:mfa/me
        [profile role]
        role_arn = arn:aws:iam::222222222222:role/r
        source_profile = dev
        """);
    return home.with(CallerVariables.FEDERATION, "true");
  }
}
