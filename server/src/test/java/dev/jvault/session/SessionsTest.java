package dev.jvault.session;

import static dev.jvault.session.BrokerFixture.STS;
import static dev.jvault.session.SdkProvider.CONTAINER;
import static dev.jvault.session.SdkProvider.INSTANCE_METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.Sources;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Durations;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.Person;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeAws;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeSts;
import dev.jvault.testing.Patience;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final CallerEnvironment CALLER = CallerEnvironment.of(Map.of());
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String SERIAL = "arn:aws:iam::123456789012:mfa/me";

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final FakeSts sts = new FakeSts(clock);
  private final InMemoryKeyring keyring = new InMemoryKeyring();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private Vault vault;
  private Sessions sessions;
  private SdkTimeouts timeouts = _ -> Patience.LIMIT;

  @BeforeEach
  void open() {
    vault = new Vault(folder.resolve("vault"), keyring, clock);
    vault.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), Map.of());
    vault.keys().put("root", new AccessKey("AKIAEXAMPLE0000001", Secret.of("secret")));
    sessions = daemon(vault);
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
    vault.close();
  }

  @Test
  void asksStsOnceAndThenAnswersFromMemory() {
    Outcome first = obtain(key());
    assertThat(obtain(key())).isEqualTo(first).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls()).containsExactly("GetSessionToken");
  }

  @Test
  void asksStsOnceForTwoHundredSimultaneousRequests() throws Exception {
    CountDownLatch gate = sts.hold();
    List<Future<Outcome>> waiting =
        together(200, () -> sessions.obtainFor(CONTAINER, roles("a", "b"), CALLER));
    gate.countDown();
    for (Future<Outcome> outcome : waiting) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(sts.calls()).containsExactly("AssumeRole a", "AssumeRole b");
  }

  @Test
  void aCallerWhoGoesLeavesTheLoadToThoseWhoStillWait() throws Exception {
    CountDownLatch gate = sts.hold();
    var gone = new CompletableFuture<Outcome>();
    Thread caller = Thread.ofVirtual().start(() -> gone.complete(obtain(key())));
    Future<Outcome> other = executor.submit(() -> sessions.obtainFor(CONTAINER, key(), CALLER));
    await().until(() -> sts.calls().size() == 1);
    caller.interrupt();
    assertThat(gone.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
    gate.countDown();
    assertThat(other.get()).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls()).hasSize(1);
  }

  @Test
  void sharesAHopBetweenTheChainsThatPassThroughIt() {
    obtain(roles("a", "b"));
    obtain(roles("a", "c"));
    assertThat(sts.calls()).containsExactly("AssumeRole a", "AssumeRole b", "AssumeRole c");
  }

  @Test
  @Attack("never-stale")
  void neverIssuesAnExpiredSession() {
    Outcome first = obtain(key());
    clock.advance(HOUR);
    assertThat(obtain(key())).isNotEqualTo(first);
    clock.advance(HOUR);
    sts.answer(new Outcome.Unavailable("no route"));
    assertThat(obtain(key())).isEqualTo(new Outcome.Unavailable("no route"));
  }

  @Test
  void keepsASessionOverARestart() {
    obtain(key());
    sessions = daemon(reopened());
    assertThat(obtain(key())).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls()).hasSize(1);
  }

  @Test
  void refreshesAheadASessionThatWasUsedLately() {
    Outcome first = obtain(key());
    clock.advance(Duration.ofMinutes(29));
    assertThat(sessions.refreshDue()).isPresent();
    assertThat(sts.calls()).hasSize(1);

    clock.advance(Duration.ofMinutes(7));
    var _ = sessions.refreshDue();
    await().untilAsserted(() -> assertThat(obtain(key())).isNotEqualTo(first));
    assertThat(sts.calls()).hasSize(2);
  }

  @Test
  void doesNotRefreshAnUnusedSession() {
    obtain(halfADay());
    clock.advance(Duration.ofHours(11).plusMinutes(50));
    var _ = sessions.refreshDue();
    assertThat(sts.calls()).hasSize(1);
  }

  @Test
  void refreshesASessionThatIsKeptReadyEvenIfItIsUnused() {
    sessions.keep(() -> Set.of("root"));
    obtain(halfADay());
    clock.advance(Duration.ofHours(11).plusMinutes(50));
    var _ = sessions.refreshDue();
    await().untilAsserted(() -> assertThat(sts.calls()).hasSize(2));
  }

  @Test
  void servesTheOldSessionIfARefreshFails() {
    Outcome first = obtain(key());
    clock.advance(Duration.ofMinutes(50));
    sts.answer(new Outcome.Unavailable("throttled"));
    assertThat(sessions.obtainFor(CONTAINER, key(), CALLER)).isEqualTo(first);
    assertThat(sessions.views().getFirst().lastError()).contains("throttled");
  }

  @Test
  void doesNotRetryAFailedRefreshWithEachRequest() {
    obtain(key());
    clock.advance(Duration.ofMinutes(50));
    sts.answer(new Outcome.Unavailable("throttled"));
    for (int poll = 0; poll < 20; poll++) {
      assertThat(sessions.obtainFor(CONTAINER, key(), CALLER)).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(sts.calls()).hasSize(2);
    clock.advance(Duration.ofSeconds(6));
    var _ = sessions.obtainFor(CONTAINER, key(), CALLER);
    assertThat(sts.calls()).hasSize(3);
  }

  @Test
  void neverRefreshesAheadASessionThatNeedsTheUser() {
    sessions.obtain(withMfa("a"), CALLER, answering("123456"));
    clock.advance(Duration.ofMinutes(36));
    var _ = sessions.refreshDue();
    await()
        .untilAsserted(() -> assertThat(sts.calls()).filteredOn("AssumeRole a"::equals).hasSize(2));
    assertThat(sts.calls()).filteredOn(call -> call.startsWith("GetSessionToken")).hasSize(1);
  }

  @Test
  void asksForOneCodeForAllRolesBehindOneDevice() {
    var asked = new AtomicInteger();
    Person person = _ -> Optional.of(Secret.of("00000" + asked.incrementAndGet()));
    for (String role : List.of("a", "b", "c")) {
      assertThat(sessions.obtain(withMfa(role), CALLER, person)).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void asksOnlyOneOfManyWaitingCallers() throws Exception {
    var asked = new AtomicInteger();
    Person person =
        _ -> {
          asked.incrementAndGet();
          return Optional.of(Secret.of("123456"));
        };
    for (Future<Outcome> outcome :
        together(50, () -> sessions.obtain(withMfa("a"), CALLER, person))) {
      assertThat(outcome.get()).isInstanceOf(Outcome.Issued.class);
    }
    assertThat(asked).hasValue(1);
    assertThat(sts.calls()).containsExactly("GetSessionToken 123456", "AssumeRole a");
  }

  @Test
  void asksAgainUpToThreeTimesForACodeThatWasRefused() {
    var codes = new ArrayList<>(List.of("111111", "222222", "333333"));
    sts.answer(new Outcome.Denied(Outcome.Reason.MFA_REFUSED, "wrong"));
    sts.answer(new Outcome.Denied(Outcome.Reason.MFA_REFUSED, "wrong"));
    Person person = _ -> Optional.of(Secret.of(codes.removeFirst()));
    assertThat(sessions.obtain(withMfa("a"), CALLER, person)).isInstanceOf(Outcome.Issued.class);
    assertThat(codes).isEmpty();
  }

  @Test
  void takesTheCodeOfAnMfaProcessWithoutTheUser() {
    assertThat(obtain(withMfa("a", Optional.of("echo 654321")))).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls()).containsExactly("GetSessionToken 654321", "AssumeRole a");
  }

  @Test
  void saysWhyAnMfaProcessGaveNoCode() {
    assertThat(obtain(withMfa("a", Optional.of("echo no device >&2; exit 3"))))
        .isEqualTo(
            new Outcome.Denied(
                Outcome.Reason.PROFILE,
                "The mfa_process `echo no device >&2; exit 3` ended with status 3 (no device); run"
                    + " it by hand and correct it.",
                "The mfa_process `echo no device >&2; exit 3` ended with status 3; run it by hand"
                    + " and correct it."));
  }

  @Test
  void saysThatTheUserIsNeededIfNoneIsPresent() {
    assertThat(sessions.obtainFor(CONTAINER, withMfa("a"), CALLER))
        .isEqualTo(new Outcome.NeedsPerson(new PersonNeed.MfaCode(SERIAL)));
    assertThat(sts.calls()).isEmpty();
  }

  @Test
  void doesNotTakeSilenceForAnAnswer() {
    assertThat(sessions.obtain(withMfa("a"), CALLER, _ -> Optional.empty()))
        .isEqualTo(new Outcome.NeedsPerson(new PersonNeed.MfaCode(SERIAL)));
  }

  @Test
  void dropsAnExpiredHopBelowAndAsksOnceMore() {
    obtain(roles("a", "b"));
    sts.answer(new Outcome.Denied(Outcome.Reason.EXPIRED, "expired"));
    assertThat(obtain(roles("a", "c"))).isInstanceOf(Outcome.Issued.class);
    assertThat(sts.calls())
        .containsExactly(
            "AssumeRole a", "AssumeRole b", "AssumeRole c", "AssumeRole a", "AssumeRole c");
  }

  @Test
  void doesNotFloodStsAfterARefusal() {
    sts.answer(new Outcome.Denied(Outcome.Reason.ACCESS_DENIED, "no"));
    for (int poll = 0; poll < 20; poll++) {
      assertThat(sessions.obtainFor(CONTAINER, key(), CALLER)).isInstanceOf(Outcome.Denied.class);
    }
    assertThat(sts.calls()).hasSize(1);
  }

  @Test
  void doesNotLetAnSdkWaitForASlowSts() {
    timeouts = SdkTimeouts.OF_THE_SDKS;
    CountDownLatch gate = sts.hold();
    assertThat(sessions.obtainFor(INSTANCE_METADATA, key(), CALLER))
        .isInstanceOf(Outcome.Unavailable.class);
    gate.countDown();
    await().until(() -> sessions.obtainFor(CONTAINER, key(), CALLER) instanceof Outcome.Issued);
    assertThat(sts.calls()).hasSize(1);
  }

  @Test
  void forgetsSessionsInMemoryAndInTheVault() {
    obtain(roles("a", "b"));
    assertThat(sessions.forget(Optional.empty(), CALLER, _ -> false, "root"::equals)).isEqualTo(2);
    assertThat(vault.sessions().all()).isEmpty();
    assertThat(sessions.views()).isEmpty();
    obtain(roles("a", "b"));
    assertThat(sts.calls()).hasSize(4);
  }

  @Test
  void doesNotStoreASessionThatWasForgottenWhileItLoaded() throws Exception {
    CountDownLatch gate = sts.hold();
    Future<Outcome> waiting = executor.submit(() -> obtain(key()));
    await().until(() -> !sts.calls().isEmpty());
    int _ = sessions.forget(Optional.empty(), CALLER, "root"::equals, "root"::equals);
    gate.countDown();
    waiting.get();
    assertThat(vault.sessions().all()).isEmpty();
  }

  @Test
  void namesTheKeyThatIsMissing() {
    Chain other = new Chain("dev", List.of(new Hop.StoredKey("nobody"), token(HOUR)), none());
    assertThat(obtain(other))
        .isEqualTo(
            new Outcome.Denied(
                Outcome.Reason.PROFILE,
                "Profile dev starts at nobody, which has no key in the vault; run `jvault add"
                    + " nobody` to store one."));
  }

  @Test
  void knowsUntilWhenTheUserIsNotNeeded() {
    sessions.obtain(withMfa("a"), CALLER, answering("123456"));
    assertThat(sessions.issuableUntil(withMfa("a"), CALLER))
        .isEqualTo(clock.instant().plus(Duration.ofHours(12)));
    assertThat(sessions.issuableUntil(key(), CALLER)).isEqualTo(Instant.MAX);
  }

  @Test
  void aFixedSessionWithFiveMinutesLeftIsGoodEnoughUnlessTheCallerWantsMore() {
    Outcome first = fixed(Map.of());
    clock.advance(Duration.ofMinutes(50));
    assertThat(fixed(Map.of())).isEqualTo(first);
    assertThat(fixed(Map.of("AWS_MIN_TTL", "8m"))).isEqualTo(first);
    Outcome second = fixed(Map.of("AWS_MIN_TTL", "15m"));
    assertThat(second).isNotEqualTo(first);
    assertThat(fixed(Map.of("AWS_MIN_TTL", "15m"))).isEqualTo(second);
  }

  private Outcome fixed(Map<String, String> variables) {
    CallerEnvironment caller = CallerEnvironment.of(variables);
    return sessions.obtainLasting(key(), caller, Person.ABSENT, Durations.least(caller));
  }

  private Outcome obtain(Chain chain) {
    return sessions.obtain(chain, CALLER, Person.ABSENT);
  }

  private Sessions daemon(Vault opened) {
    var codes = new MfaCodes(clock);
    var broker =
        new InteractionBroker(
            opened, codes, InteractionBroker.BrowserLogins.NONE, new Drivers("Linux"), clock);
    var sources =
        new Sources(opened, FakeAws.around(sts), codes, new EnvironmentKeys(Map.of()), clock);
    return new Sessions(
        sources,
        opened,
        broker,
        provider -> timeouts.of(provider),
        clock,
        executor,
        clock::advance);
  }

  private Vault reopened() {
    vault.close();
    vault = new Vault(folder.resolve("vault"), keyring, clock);
    return vault;
  }

  private List<Future<Outcome>> together(int count, Callable<Outcome> call) throws Exception {
    var start = new CountDownLatch(count);
    List<Future<Outcome>> waiting = new ArrayList<>();
    for (int caller = 0; caller < count; caller++) {
      waiting.add(
          executor.submit(() -> {
            start.countDown();
            start.await();
            return call.call();
          }));
    }
    start.await();
    return waiting;
  }

  private static Person answering(String code) {
    return _ -> Optional.of(Secret.of(code));
  }

  private static Chain key() {
    return new Chain("root", List.of(bottom(), token(HOUR)), none());
  }

  private static Chain halfADay() {
    return new Chain("root", List.of(bottom(), token(Duration.ofHours(12))), none());
  }

  private static Chain roles(String first, String second) {
    return new Chain(second, List.of(bottom(), role(first), role(second)), none());
  }

  private static Chain withMfa(String role) {
    return withMfa(role, Optional.empty());
  }

  private static Chain withMfa(String role, Optional<String> process) {
    var mfa =
        new Hop.SessionToken(
            Optional.of(new MfaDevice(SERIAL, process)), Duration.ofHours(12), STS);
    return new Chain(role, List.of(bottom(), mfa, role(role)), none());
  }

  private static Hop.StoredKey bottom() {
    return new Hop.StoredKey("root");
  }

  private static Hop.SessionToken token(Duration duration) {
    return new Hop.SessionToken(Optional.empty(), duration, STS);
  }

  private static Hop.AssumeRole role(String arn) {
    return BrokerFixture.assumed(arn, STS);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
