package dev.jvault.session;

import static dev.jvault.session.BrokerFixture.STS;
import static dev.jvault.session.BrokerFixture.assumed;
import static dev.jvault.session.SdkProvider.CONTAINER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sources;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.testing.FakeAws;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeSts;
import dev.jvault.testing.Patience;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that was rotated, deactivated or deleted outside of jvault. */
final class RefusedKeysTest {
  private static final CallerEnvironment CALLER = CallerEnvironment.of(Map.of());
  private static final String ID = "AKIAEXAMPLE0000001";
  private static final Outcome UNKNOWN =
      new Outcome.Denied(
          Outcome.Reason.INVALID_KEY, "AWS does not know the key " + ID + ".", Optional.of(ID));
  private static final ServiceTarget FAR =
      new ServiceTarget(
          "eu-south-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());

  /** A jvault command without a terminal. */
  private static final Person COMMAND =
      new Person() {
        @Override
        public Optional<Secret> ask(Question question) {
          return Optional.empty();
        }

        @Override
        public boolean canAnswer(Question.Kind kind) {
          return false;
        }
      };

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final FakeSts sts = new FakeSts(clock);
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private Vault vault;
  private Sessions sessions;

  @BeforeEach
  void open() {
    vault = new Vault(folder.resolve("vault"), new InMemoryKeyring(), clock);
    vault.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), Map.of());
    put("secret");
    clock.advance(Duration.ofMinutes(1));
    var codes = new MfaCodes(clock);
    var broker =
        new InteractionBroker(
            vault, codes, InteractionBroker.BrowserLogins.NONE, new Drivers("Linux"), clock);
    var sources =
        new Sources(vault, FakeAws.around(sts), codes, new EnvironmentKeys(Map.of()), clock);
    sessions =
        new Sessions(sources, vault, broker, _ -> Patience.LIMIT, clock, executor, clock::advance);
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
    vault.close();
  }

  @Test
  void isNotTriedAgainWhileItsSessionsLive() {
    Outcome key = obtain(key());
    Outcome role = obtain(role("a"));
    clock.advance(Duration.ofMinutes(50));
    sts.answer(UNKNOWN);
    assertThat(sdk(key())).isEqualTo(key);
    assertThat(sdk(role("a"))).isEqualTo(role);
    int calls = sts.calls().size();
    for (int minute = 50; minute < 59; minute++) {
      assertThat(sdk(key())).isEqualTo(key);
      assertThat(sdk(role("a"))).isEqualTo(role);
      var _ = sessions.refreshDue();
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(sts.calls()).hasSize(calls);
    assertThat(sessions.refusedKeys())
        .extracting(refused -> refused.sentence(Object::toString))
        .containsExactly(
            "AWS does not know the key of root (AKIAEXAMPLE0000001): it may be deactivated or"
                + " deleted, or the account has not enabled the region; live sessions end"
                + " 2030-01-02T04:05:05Z; check it in IAM, or run `jvault add root` with a valid"
                + " one.");
  }

  @Test
  void isNotSentToStsWithEachRequestAfterItsSessionsHaveEnded() {
    obtain(key());
    clock.advance(Duration.ofMinutes(50));
    sts.answer(UNKNOWN);
    sdk(key());
    clock.advance(Duration.ofMinutes(9));
    sts.answer(UNKNOWN);
    for (int poll = 0; poll < 60; poll++) {
      clock.advance(Duration.ofSeconds(10).minusMillis(1));
      if (poll > 6) {
        assertThat(sdk(key())).isEqualTo(told());
        assertThat(sdk(role("b"))).isEqualTo(told());
      }
    }
    assertThat(sts.calls()).hasSizeBetween(3, 4);
  }

  @Test
  void isTriedAgainAfterTenMinutesAndForgottenOnceAwsAcceptsIt() {
    sts.answer(UNKNOWN);
    assertThat(obtain(key())).isEqualTo(told());
    clock.advance(Duration.ofMinutes(9));
    assertThat(obtain(key())).isEqualTo(told());
    assertThat(sts.calls()).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    issuedAgain();
    assertThat(sessions.refusedKeys()).isEmpty();
  }

  @Test
  void isForgottenWhenTheStoredKeyIsReplaced() {
    sts.answer(UNKNOWN);
    obtain(key());
    put("another secret");
    assertThat(sessions.refusedKeys()).isEmpty();
    issuedAgain();
  }

  @Test
  void isForgottenWithTheSessionsOfTheKey() {
    sts.answer(UNKNOWN);
    obtain(key());
    int _ = sessions.forget(Optional.empty(), CALLER, _ -> false, "root"::equals);
    assertThat(sessions.refusedKeys()).isEmpty();
    assertThat(obtain(key())).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isReportedOnce() {
    sts.answer(UNKNOWN);
    obtain(key());
    assertThat(sessions.refusedKeysToTell())
        .extracting(refused -> refused.sentence(Object::toString))
        .containsExactly(
            "AWS does not know the key of root (AKIAEXAMPLE0000001): it may be deactivated or"
                + " deleted, or the account has not enabled the region; check it in IAM, or run"
                + " `jvault add root` with a valid one.");
    assertThat(sessions.refusedKeysToTell()).isEmpty();
    assertThat(sessions.refusedKeys()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS does not know the key.", "Schlüssel unbekannt", ""})
  void isNotReportedAgainToAUserWhoHasReadOfItInWhateverWords(String sentence) {
    sts.answer(new Outcome.Denied(Outcome.Reason.INVALID_KEY, sentence));
    var denied = (Outcome.Denied) obtain(key());
    assertThat(denied.sentence()).startsWith(sentence).contains("`jvault unlock root` at once");
    sessions.refusedKeyTold(denied.unknownKey().orElseThrow());
    assertThat(sessions.refusedKeysToTell()).isEmpty();
    assertThat(sessions.refusedKeys()).hasSize(1);
  }

  @Test
  void isStillReportedAfterTheUserHasReadOfAnother() {
    sts.answer(UNKNOWN);
    obtain(key());
    sessions.refusedKeyTold("AKIAEXAMPLE0000002");
    assertThat(sessions.refusedKeysToTell()).hasSize(1);
  }

  @Test
  void isNotBlamedForTheRefusalOfARole() {
    obtain(key());
    sts.answer(UNKNOWN);
    obtain(overSession("a"));
    assertThat(sessions.refusedKeys()).isEmpty();
  }

  @Test
  void isTriedAgainForEachCommandOfTheUser() {
    sts.answer(UNKNOWN);
    sdk(key());
    sts.answer(UNKNOWN);
    assertThat(sessions.obtain(key(), CALLER, COMMAND)).isInstanceOf(Outcome.Denied.class);
    assertThat(sts.calls()).hasSize(2);
    assertThat(sdk(key())).isInstanceOf(Outcome.Denied.class);
    assertThat(sts.calls()).hasSize(2);
    assertThat(sessions.obtain(key(), CALLER, COMMAND)).isInstanceOf(Outcome.Issued.class);
    assertThat(sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isTriedAgainByPollsAfterAnUnlock() {
    sts.answer(UNKNOWN);
    sdk(key());
    boolean _ = sessions.unlock(COMMAND, CALLER);
    assertThat(sdk(key())).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isTriedAgainByPollsAfterTheProfileWasCleared() {
    sts.answer(UNKNOWN);
    sdk(role("a"));
    int _ = sessions.forget(Optional.of(role("a")), CALLER, "a"::equals, _ -> false);
    assertThat(sdk(role("a"))).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isStillUsedInRegionsThatHaveNotRefusedIt() {
    sts.answer(UNKNOWN);
    assertThat(sdk(role("far", FAR))).isInstanceOf(Outcome.Denied.class);
    assertThat(sdk(role("near", STS))).isInstanceOf(Outcome.Issued.class);
    assertThat(sdk(role("far", FAR))).isInstanceOf(Outcome.Denied.class);
    assertThat(sts.calls()).containsExactly("AssumeRole far", "AssumeRole near");
  }

  @Test
  void isNotRefusedWhileItIsNew() {
    put("a new secret");
    sts.answer(UNKNOWN);
    assertThat(sdk(key()))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            unavailable ->
                assertThat(unavailable.kind()).isEqualTo(Outcome.Unavailable.Kind.NEW_KEY));
    assertThat(sessions.refusedKeys()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(sdk(key())).isInstanceOf(Outcome.Issued.class);
  }

  @Test
  void isTriedAgainForAUserWhoWaitsWhileItIsNew() {
    put("a new secret");
    for (int unknown = 0; unknown < 5; unknown++) {
      sts.answer(UNKNOWN);
    }
    assertThat(sessions.obtain(key(), CALLER, COMMAND)).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls()).hasSize(6);
  }

  @Test
  void isRefusedOnceItIsHalfAMinuteOld() {
    put("a new secret");
    for (int unknown = 0; unknown < 30; unknown++) {
      sts.answer(UNKNOWN);
    }
    assertThat(sessions.obtain(key(), CALLER, COMMAND)).isInstanceOf(Outcome.Denied.class);
    assertThat(sts.calls()).hasSize(16);
    assertThat(sessions.refusedKeys()).hasSize(1);
  }

  /**
   * Retries, because the cache keeps a refusal for three seconds, from just after it was returned.
   */
  private void issuedAgain() {
    await()
        .untilAsserted(() -> {
          clock.advance(Duration.ofSeconds(3));
          assertThat(obtain(key())).isInstanceOf(Outcome.Issued.class);
        });
  }

  private void put(String secret) {
    vault.keys().put("root", new AccessKey(ID, Secret.of(secret)));
  }

  private Outcome obtain(Chain chain) {
    return sessions.obtain(chain, CALLER, Person.ABSENT);
  }

  private Outcome sdk(Chain chain) {
    return sessions.obtainFor(CONTAINER, chain, CALLER);
  }

  private static Chain key() {
    return new Chain("root", List.of(new Hop.StoredKey("root"), token()), Optional.empty());
  }

  private static Chain role(String arn) {
    return role(arn, STS);
  }

  private static Chain role(String arn, ServiceTarget at) {
    return new Chain(arn, List.of(new Hop.StoredKey("root"), assumed(arn, at)), Optional.empty());
  }

  private static Outcome told() {
    return new Outcome.Denied(
        Outcome.Reason.INVALID_KEY,
        "AWS does not know the key "
            + ID
            + ". Programs that poll make jvault ask AWS again in 10 min, `jvault unlock root` at"
            + " once.",
        Optional.of(ID));
  }

  private static Chain overSession(String arn) {
    return new Chain(
        arn, List.of(new Hop.StoredKey("root"), token(), assumed(arn, STS)), Optional.empty());
  }

  private static Hop.SessionToken token() {
    return new Hop.SessionToken(Optional.empty(), HOUR, STS);
  }
}
