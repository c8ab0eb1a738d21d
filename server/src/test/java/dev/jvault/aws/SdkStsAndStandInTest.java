package dev.jvault.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Outcome;
import dev.jvault.demo.StandInSts;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.SessionLimits;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.OneClock;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The client and the server of the demonstration understand each other. */
final class SdkStsAndStandInTest {
  private static final InstantSource CLOCK = InstantSource.system();

  @Test
  void issueASessionAndARoleOnTop() throws IOException {
    try (var standIn = new StandInSts(StsCalls.KEY, Duration.ofSeconds(30), CLOCK);
        var calls = new StsCalls(CLOCK, CallLimits.DEFAULT)) {
      ServiceTarget target = StsCalls.at(standIn.endpoint());
      SessionCredentials session = SdkStsTest.issued(calls.sessionWithCode(target, "123456"));
      SessionCredentials role =
          SdkStsTest.issued(
              calls.sts.assumeRole(session, StsCalls.roleHop(target), Optional.empty()));

      assertThat(role.accountId()).hasValue("210987654321");
      assertThat(role.expiration())
          .isBetween(CLOCK.instant().plusSeconds(5), CLOCK.instant().plusSeconds(31));
      assertThat(standIn.calls("GetSessionToken")).isEqualTo(1);
      assertThat(standIn.calls("AssumeRole")).isEqualTo(1);
    }
  }

  @Test
  void issueAFederatedSession() throws IOException {
    try (var standIn = new StandInSts(StsCalls.KEY, Duration.ofSeconds(30), CLOCK);
        var calls = new StsCalls(CLOCK, CallLimits.DEFAULT)) {
      ServiceTarget target = StsCalls.at(standIn.endpoint());
      var hop =
          new Hop.FederationToken(
              "jvault-me", SessionLimits.ALL_OF_THE_USER, Duration.ofHours(1), target);
      SessionCredentials session =
          SdkStsTest.issued(calls.sts.getFederationToken(StsCalls.KEY, hop));

      assertThat(session.accountId()).hasValue(StandInSts.ACCOUNT);
      assertThat(calls.sts.whose(session, target))
          .isEqualTo(
              new KeyCheck.Known(
                  StandInSts.ACCOUNT, "arn:aws:sts::123456789012:federated-user/jvault-me"));
    }
  }

  @Test
  void agreeThatAUsedCodeIsRefused() throws IOException {
    try (var standIn = new StandInSts(StsCalls.KEY, Duration.ofSeconds(30), CLOCK);
        var sts = new SdkSts(CLOCK, new ClockSkew(new OneClock(InstantSource.system())));
        var calls = new StsCalls(CLOCK, CallLimits.DEFAULT)) {
      ServiceTarget target = StsCalls.at(standIn.endpoint());
      calls.sessionWithCode(target, "123456");

      assertThat(calls.sessionWithCode(target, "123456"))
          .isInstanceOfSatisfying(
              Outcome.Denied.class,
              denied -> assertThat(denied.reason()).isEqualTo(Outcome.Reason.MFA_REFUSED));
      assertThat(sts.assumeRole(stranger(), StsCalls.roleHop(target), Optional.empty()))
          .isInstanceOfSatisfying(
              Outcome.Denied.class,
              denied -> assertThat(denied.reason()).isEqualTo(Outcome.Reason.INVALID_KEY));
    }
  }

  @Test
  void agreeOnWhoseAKeyIs() throws IOException {
    try (var standIn = new StandInSts(StsCalls.KEY, Duration.ofSeconds(30), CLOCK);
        var sts = new SdkSts(CLOCK, new ClockSkew(new OneClock(InstantSource.system())))) {
      ServiceTarget target = StsCalls.at(standIn.endpoint());
      assertThat(sts.whose(StsCalls.KEY, target))
          .isEqualTo(new KeyCheck.Known(StandInSts.ACCOUNT, "arn:aws:iam::123456789012:user/demo"));
      assertThat(sts.whose(stranger(), target)).isEqualTo(new KeyCheck.UnknownId());
    }
  }

  private static AccessKey stranger() {
    return new AccessKey("AKIASTRANGER", Secret.of("a-secret"));
  }
}
