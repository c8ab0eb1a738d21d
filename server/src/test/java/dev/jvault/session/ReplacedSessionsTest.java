package dev.jvault.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.prompt.Person;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.vault.KeySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that AWS refuses before their end, although they can be had again from a step below. */
final class ReplacedSessionsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private BrokerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new BrokerFixture(folder, KeySource.KEYRING);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"INVALID_KEY", "WRONG_SECRET", "EXPIRED"})
  void aSessionOfAKeyIsReplacedSilently(Outcome.Reason reason) {
    obtain(over("a"));
    refuse(reason);
    assertThat(obtain(over("b"))).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls())
        .containsExactly(
            "GetSessionToken", "AssumeRole a", "AssumeRole b", "GetSessionToken", "AssumeRole b");
  }

  @Test
  void anMfaSessionIsReplacedWithAnotherCode() {
    var asked = new AtomicInteger();
    Person person = _ -> Optional.of(Secret.of("12345" + asked.incrementAndGet()));
    fixture.verb(BrokerFixture.role("a"), person);
    refuse(Outcome.Reason.INVALID_KEY);
    assertThat(fixture.verb(BrokerFixture.role("b"), person)).isInstanceOf(Outcome.Issued.class);
    assertThat(asked).hasValue(2);
    assertThat(fixture.sts.calls())
        .containsExactly(
            "GetSessionToken 123451",
            "AssumeRole a",
            "AssumeRole b",
            "GetSessionToken 123452",
            "AssumeRole b");
  }

  @Test
  void noThirdSessionIsTakenIfAwsRefusesTheSecondToo() {
    var asked = new AtomicInteger();
    Person person = _ -> Optional.of(Secret.of("12345" + asked.incrementAndGet()));
    fixture.verb(BrokerFixture.role("a"), person);
    refuse(Outcome.Reason.INVALID_KEY);
    fixture.sts.answer(new Outcome.Issued(session("ASIASECOND")));
    refuse(Outcome.Reason.INVALID_KEY);
    assertThat(fixture.verb(BrokerFixture.role("b"), person)).isInstanceOf(Outcome.Denied.class);
    refuse(Outcome.Reason.INVALID_KEY);
    assertThat(fixture.verb(BrokerFixture.role("b"), person)).isInstanceOf(Outcome.Denied.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void theSessionOfARoleInAChainIsReplaced() {
    obtain(over("a", "b"));
    refuse(Outcome.Reason.INVALID_KEY);
    assertThat(obtain(over("a", "c"))).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls().subList(3, 6))
        .containsExactly("AssumeRole c", "AssumeRole a", "AssumeRole c");
  }

  @Test
  void aLoginOfTheAwsCliIsRefreshedAlthoughItsStoredCredentialsHaveNotExpired() {
    fixture.ambient.login(
        new Outcome.Issued(session("ASIASTORED")), new Outcome.Issued(session("ASIAREFRESHED")));
    obtain(overLogin("a"));
    refuse(Outcome.Reason.EXPIRED);
    assertThat(obtain(overLogin("b"))).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls()).containsExactly("AssumeRole a", "AssumeRole b", "AssumeRole b");
    assertThat(obtain(overLogin("c"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void aRefusedSessionIsNotTakenFromTheDiskAgain() {
    obtain(over("a"));
    fixture.restart();
    refuse(Outcome.Reason.INVALID_KEY);
    assertThat(obtain(over("b"))).isInstanceOf(Outcome.Issued.class);
    assertThat(fixture.sts.calls().subList(2, 5))
        .containsExactly("AssumeRole b", "GetSessionToken", "AssumeRole b");
  }

  @Test
  void aRoleThatMayNotBeAssumedReplacesNothing() {
    obtain(over("a"));
    refuse(Outcome.Reason.ACCESS_DENIED);
    assertThat(obtain(over("b"))).isInstanceOf(Outcome.Denied.class);
    assertThat(fixture.sts.calls()).hasSize(3);
  }

  private void refuse(Outcome.Reason reason) {
    fixture.sts.answer(new Outcome.Denied(reason, "AWS refused."));
  }

  private SessionCredentials session(String id) {
    return new SessionCredentials(
        new AccessKey(id, Secret.of("secret")),
        Secret.of("token"),
        fixture.clock.instant(),
        fixture.clock.instant().plus(HOUR),
        Optional.empty(),
        Optional.empty());
  }

  private Outcome obtain(Chain chain) {
    return fixture.verb(chain, Person.ABSENT);
  }

  private static Chain overLogin(String role) {
    var login = new Hop.Login("work", "arn:aws:iam::123456789012:user/me", BrokerFixture.STS);
    return new Chain(
        role, List.of(login, BrokerFixture.assumed(role, BrokerFixture.STS)), Optional.empty());
  }

  private static Chain over(String... roles) {
    var hops = new ArrayList<Hop>();
    hops.add(new Hop.StoredKey("root"));
    hops.add(new Hop.SessionToken(Optional.empty(), HOUR, BrokerFixture.STS));
    for (String role : roles) {
      hops.add(BrokerFixture.assumed(role, BrokerFixture.STS));
    }
    return new Chain(roles[roles.length - 1], List.copyOf(hops), Optional.empty());
  }
}
