package dev.jvault.aws;

import static java.time.temporal.ChronoUnit.HOURS;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.RoleOptions;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.testing.OneClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@link SdkSts} with a fixed clock, and its two calls with typical values. */
final class StsCalls implements AutoCloseable {
  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  static final AccessKey KEY =
      new AccessKey("AKIAIOSFODNN7EXAMPLE", Secret.of("canary-secret-key"));
  static final MfaDevice DEVICE =
      new MfaDevice("arn:aws:iam::123456789012:mfa/me", Optional.empty());

  final ClockSkew skew;
  final SdkSts sts;

  /** How often a request with an MFA code went on the wire. */
  final AtomicInteger sent = new AtomicInteger();

  StsCalls() {
    this(InstantSource.fixed(NOW), CallLimits.DEFAULT);
  }

  StsCalls(InstantSource clock, CallLimits limits) {
    skew = new ClockSkew(new OneClock(clock));
    sts = new SdkSts(clock, skew, limits);
  }

  static CallLimits within(Duration whole) {
    return new CallLimits(whole, whole, whole, 1);
  }

  static ServiceTarget at(URI endpoint) {
    return new ServiceTarget(
        "eu-west-1", Optional.of(endpoint), false, false, Optional.empty(), Optional.empty());
  }

  static ServiceTarget region(String region, URI proxy) {
    return new ServiceTarget(
        region, Optional.empty(), false, false, Optional.empty(), Optional.of(proxy));
  }

  Outcome session(ServiceTarget target) {
    return sts.getSessionToken(
        KEY,
        new Hop.SessionToken(Optional.empty(), Duration.of(1, HOURS), target),
        Optional.empty());
  }

  Outcome sessionWithCode(ServiceTarget target, String code) {
    return sts.getSessionToken(
        KEY,
        new Hop.SessionToken(Optional.of(DEVICE), Duration.of(1, HOURS), target),
        Optional.of(answer(code)));
  }

  Outcome role(ServiceTarget target) {
    return sts.assumeRole(KEY, roleHop(target), Optional.empty());
  }

  Outcome roleWithCode(ServiceTarget target, String code) {
    return sts.assumeRole(KEY, roleHop(target), Optional.of(answer(code)));
  }

  private Sts.MfaTokenCode answer(String code) {
    return new Sts.MfaTokenCode(DEVICE.serial(), Secret.of(code), sent::incrementAndGet);
  }

  static Hop.AssumeRole roleHop(ServiceTarget target) {
    return new Hop.AssumeRole(
        "child",
        "arn:aws:iam::210987654321:role/admin",
        "me",
        new RoleOptions(Optional.of("an-external-id"), Optional.empty(), Map.of(), List.of()),
        Optional.empty(),
        Duration.ofMinutes(15),
        Duration.ofMinutes(15),
        target);
  }

  static Hop.WebIdentity webIdentityHop(URI endpoint, Duration duration) {
    return new Hop.WebIdentity(
        "web",
        "arn:aws:iam::210987654321:role/worker",
        new Hop.TokenFrom.TokenFile(Path.of("/no/token")),
        "me",
        duration,
        at(endpoint));
  }

  @Override
  public void close() {
    sts.close();
  }
}
