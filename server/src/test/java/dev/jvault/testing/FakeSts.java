package dev.jvault.testing;

import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An STS that issues, refuses and blocks on command, and records its calls. */
public final class FakeSts implements Sts {
  private final InstantSource clock;
  private final Duration longest;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger issued = new AtomicInteger();
  private final Queue<Outcome> next = new ArrayDeque<>();
  private final Queue<KeyCheck> checks = new ArrayDeque<>();
  private volatile boolean reachable = true;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** An STS whose sessions last as long as they are asked for. */
  public FakeSts(InstantSource clock) {
    this(clock, Duration.ofDays(2));
  }

  /** An STS whose sessions last no longer than this. */
  public FakeSts(InstantSource clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
  }

  /** Sets the result of the next call. */
  public synchronized void answer(Outcome outcome) {
    next.add(outcome);
  }

  /** Makes calls wait until the returned latch is counted down. */
  public CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** The calls in order, such as {@code GetSessionToken 123456} and {@code AssumeRole arn:…}. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public Outcome getSessionToken(
      AccessKey key, Hop.SessionToken hop, Optional<Sts.MfaTokenCode> mfa) {
    calls.add("GetSessionToken" + mfa.map(code -> " " + code.code().reveal()).orElse(""));
    sending(mfa);
    return outcome(hop.duration());
  }

  @Override
  public Outcome getFederationToken(AccessKey key, Hop.FederationToken hop) {
    calls.add("GetFederationToken " + hop.userName());
    return outcome(hop.duration());
  }

  @Override
  public Outcome assumeRole(
      SigningCredentials below, Hop.AssumeRole hop, Optional<Sts.MfaTokenCode> mfa) {
    calls.add("AssumeRole " + hop.roleArn());
    sending(mfa);
    return outcome(hop.duration());
  }

  @Override
  public Outcome assumeRoleWithWebIdentity(Secret token, Hop.WebIdentity hop) {
    calls.add("AssumeRoleWithWebIdentity " + hop.roleArn());
    return outcome(hop.duration());
  }

  private void sending(Optional<Sts.MfaTokenCode> mfa) {
    if (reachable) {
      mfa.ifPresent(code -> code.sending().run());
    }
  }

  /** Sets whether requests get as far as the wire. */
  public void reachable(boolean whether) {
    reachable = whether;
  }

  private Outcome outcome(Duration duration) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      Outcome ordered = next.poll();
      return ordered != null ? ordered : issue(duration);
    }
  }

  private Outcome issue(Duration duration) {
    int number = issued.incrementAndGet();
    return new Outcome.Issued(
        new SessionCredentials(
            new AccessKey("ASIA" + number, Secret.of("secret-" + number)),
            Secret.of("token-" + number),
            clock.instant(),
            clock.instant().plus(duration.compareTo(longest) < 0 ? duration : longest),
            Optional.of("123456789012"),
            Optional.empty()));
  }

  /** Sets what the next check of a key says; without one, every key is known. */
  public synchronized void check(KeyCheck check) {
    checks.add(check);
  }

  @Override
  public synchronized KeyCheck whose(SigningCredentials key, ServiceTarget target) {
    calls.add("GetCallerIdentity " + target.endpoint().map(URI::toString).orElse(target.region()));
    KeyCheck ordered = checks.poll();
    return ordered != null
        ? ordered
        : new KeyCheck.Known("123456789012", "arn:aws:iam::123456789012:user/me");
  }

  @Override
  public Address address(ServiceTarget target) {
    return new Address(
        URI.create("https://sts." + target.region() + ".amazonaws.com"), target.region());
  }
}
