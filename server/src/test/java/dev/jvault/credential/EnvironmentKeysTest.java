package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeSts;
import dev.jvault.testing.OneClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EnvironmentKeysTest {
  private static final String TEMPORARY =
      "AWS_ACCESS_KEY_ID=ASIAONE\nAWS_SECRET_ACCESS_KEY=canary=secret\nAWS_SESSION_TOKEN=token\n";
  private static final String LONG_LIVED = "AWS_ACCESS_KEY_ID=AKIAONE\nAWS_SECRET_ACCESS_KEY=s\n";

  private final FakeClock clock = new FakeClock();
  private final FakeSts sts = new FakeSts(clock);
  private final EnvironmentKeys keys = new EnvironmentKeys(Map.of());

  @Test
  void givesTheCredentialsOfTheLatestCaller() {
    keys.keep("a", Secret.of(LONG_LIVED));
    keys.keep("a", Secret.of(TEMPORARY));
    SessionCredentials session = issued(source("a", Optional.empty()));
    assertThat(session.accessKeyId()).isEqualTo("ASIAONE");
    assertThat(session.secretAccessKey()).isEqualTo(Secret.of("canary=secret"));
    assertThat(session.token()).isEqualTo(Secret.of("token"));
    assertThat(session.expiration()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void aCallerWithoutCredentialsChangesNothing() {
    keys.keep("a", Secret.of(TEMPORARY));
    keys.keep("a", Secret.of(""));
    assertThat(issued(source("a", Optional.empty())).accessKeyId()).isEqualTo("ASIAONE");
  }

  @Test
  @Attack("callers-credentials")
  void credentialsOfACallerServeOneProfileOnly() {
    keys.keep("a", Secret.of(TEMPORARY));
    assertThat(sentence("b"))
        .isEqualTo(
            "Profile b starts at the environment, where neither of AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY is set; set what is missing and run `jvault unlock b`"
                + " there.");
  }

  @Test
  void theDaemonsOwnCredentialsServeIfNoCallerHasAny() {
    var own =
        new EnvironmentKeys(
            Map.of(
                "AWS_ACCESS_KEY_ID", "ASIAOWN",
                "AWS_SECRET_ACCESS_KEY", "s",
                "AWS_SECURITY_TOKEN", "old name"));
    assertThat(own.find("a"))
        .isInstanceOfSatisfying(
            EnvironmentKeys.Answer.Given.class,
            given ->
                assertThat(given.key().sessionToken())
                    .isEqualTo(Optional.of(Secret.of("old name"))));
    own.keep("a", Secret.of(LONG_LIVED));
    assertThat(own.find("a"))
        .isInstanceOfSatisfying(
            EnvironmentKeys.Answer.Given.class,
            given -> assertThat(given.key().sessionToken()).isEmpty());
  }

  @Test
  void aKeyIdWithoutASecretIsRefused() {
    keys.keep("a", Secret.of("AWS_ACCESS_KEY_ID=AKIA\nOTHER=x\n"));
    assertThat(sentence("a")).contains("where only one of AWS_ACCESS_KEY_ID and");
    keys.keep("a", Secret.of(TEMPORARY + "AWS_CREDENTIAL_EXPIRATION=soon\n"));
    assertThat(sentence("a")).contains("AWS_CREDENTIAL_EXPIRATION is not a time");
  }

  @Test
  void takesTheEndIfItIsNamed() {
    keys.keep("a", Secret.of(TEMPORARY + "AWS_CREDENTIAL_EXPIRATION=2030-01-02T03:30:00Z\n"));
    assertThat(issued(source("a", Optional.empty())).expiration())
        .isEqualTo("2030-01-02T03:30:00Z");
    keys.keep("a", Secret.of(TEMPORARY + "AWS_CREDENTIAL_EXPIRATION=2030-01-02T03:00:00Z\n"));
    assertThat(sentence("a"))
        .startsWith(
            "The environment that profile a starts at gave credentials that ended 4 min ago (at ");
  }

  @Test
  void aLongLivedKeyIsExchangedAndATemporaryKeyIsNot() {
    keys.keep("a", Secret.of(LONG_LIVED));
    assertThat(issued(source("a", Optional.of(trade(Optional.empty())))).token()).isNotNull();
    assertThat(sts.calls()).containsExactly("GetSessionToken");
    assertThat(issued(source("a", Optional.empty())).sessionToken()).isEmpty();
    keys.keep("a", Secret.of(TEMPORARY));
    assertThat(issued(source("a", Optional.of(trade(Optional.empty())))).accessKeyId())
        .isEqualTo("ASIAONE");
    assertThat(sts.calls()).hasSize(1);
  }

  @Test
  void needsTheUserOnlyIfALongLivedKeyTakesACode() {
    var device = Optional.of(new MfaDevice("arn:aws:iam::1:mfa/me", Optional.empty()));
    keys.keep("a", Secret.of(LONG_LIVED));
    assertThat(source("a", Optional.of(trade(device))).needsPerson()).isTrue();
    keys.keep("a", Secret.of(TEMPORARY));
    assertThat(source("a", Optional.of(trade(device))).needsPerson()).isFalse();
  }

  @Test
  void anotherKeyIsAnotherSession() {
    keys.keep("a", Secret.of(TEMPORARY));
    keys.keep("b", Secret.of(TEMPORARY));
    String one = source("a", Optional.empty()).fingerprint();
    assertThat(source("b", Optional.empty()).fingerprint()).isEqualTo(one);
    keys.keep("a", Secret.of(LONG_LIVED));
    assertThat(source("a", Optional.empty()).fingerprint()).isNotEqualTo(one);
    assertThat(source("c", Optional.empty()).fingerprint()).contains("none").doesNotContain("ASIA");
  }

  private String sentence(String profile) {
    return switch (source(profile, Optional.empty()).obtain(Optional.empty())) {
      case Outcome.Denied denied -> denied.sentence();
      case Outcome.Unavailable unavailable -> unavailable.sentence();
      case Outcome.Issued _, Outcome.NeedsPerson _ -> "";
    };
  }

  private EnvironmentSource source(String profile, Optional<Hop.SessionToken> trade) {
    return new EnvironmentSource(
        profile,
        keys.find(profile),
        new ExternalCredentialReader(
            trade.map(hop ->
                new SessionTokenSource(
                    hop, sts, new DeviceCodes(new MfaCodes(clock), Map.of(), _ -> {}))),
            new ClockSkew(new OneClock(InstantSource.system())),
            clock));
  }

  private static Hop.SessionToken trade(Optional<MfaDevice> device) {
    var target =
        new ServiceTarget(
            "eu-west-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
    return new Hop.SessionToken(device, Duration.ofHours(1), target);
  }

  private static SessionCredentials issued(CredentialSource source) {
    Outcome outcome = source.obtain(Optional.empty());
    assertThat(outcome).isInstanceOf(Outcome.Issued.class);
    return ((Outcome.Issued) outcome).credentials();
  }
}
