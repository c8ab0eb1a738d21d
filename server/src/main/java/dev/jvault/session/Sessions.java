package dev.jvault.session;

import dev.jvault.clock.Clocks;
import dev.jvault.clock.Sleeper;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.SourceChain;
import dev.jvault.credential.Sources;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.interaction.Requester;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ChainsEdit;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.AskingCommand;
import dev.jvault.prompt.OpenQuestion;
import dev.jvault.prompt.Person;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The sessions of all chains, for verbs, which can wait for the user, and for SDK requests, which
 * cannot. The front of this package: {@link SessionCache} holds the sessions, {@link SdkRequests}
 * answers SDKs in time, {@link RefreshSchedule} replaces sessions ahead of time, {@link
 * RefusedKeys} remembers keys that AWS has revoked. Safe for many threads.
 */
public final class Sessions {
  private static final Duration NEW_KEY_PAUSE = Duration.ofSeconds(2);
  private static final int NEW_KEY_TRIES = 15;

  private final Sources sources;
  private final SessionCache cache;
  private final SdkRequests sdkRequests;
  private final RefreshSchedule schedule;
  private final RefusedKeys refused;
  private final InteractionBroker broker;
  private final Vault vault;
  private final Clocks clocks;
  private final Executor executor;
  private final Sleeper sleeper;

  /**
   * No sessions yet.
   *
   * @param timeouts how long SDK requests wait
   * @param executor its threads call AWS and ask the user, so they may block
   * @param sleeper waits until AWS may know a new key
   */
  public Sessions(
      Sources sources,
      Vault vault,
      InteractionBroker broker,
      SdkTimeouts timeouts,
      Clocks clocks,
      Executor executor,
      Sleeper sleeper) {
    var usages = new Usages(clocks.steadySource());
    this.sources = sources;
    this.refused = new RefusedKeys(vault, clocks);
    this.cache =
        new SessionCache(new SessionStore(vault, clocks), refused, usages, clocks, executor);
    this.sdkRequests = new SdkRequests(sources, cache, timeouts, clocks);
    this.schedule = new RefreshSchedule(cache, usages, refused, clocks);
    this.broker = broker;
    this.vault = vault;
    this.clocks = clocks;
    this.executor = executor;
    this.sleeper = sleeper;
  }

  /**
   * The session of a chain, for a verb. Waits as long as it takes, and asks the user if needed. If
   * AWS does not know a key that was stored less than half a minute ago, tries again until it does
   * or the key is older.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  public Outcome obtain(Chain chain, CallerEnvironment environment, Person person) {
    Outcome outcome = obtainOnce(chain, environment, person);
    if (!isNewKey(outcome) || person.equals(Person.ABSENT) || needsCode(chain)) {
      return outcome;
    }
    person.tell("AWS does not know this new key yet; trying again for up to half a minute");
    for (int tries = 0; isNewKey(outcome) && tries < NEW_KEY_TRIES; tries++) {
      try {
        sleeper.last(NEW_KEY_PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return outcome;
      }
      outcome = obtainOnce(chain, environment, person);
    }
    return outcome;
  }

  private static boolean isNewKey(Outcome outcome) {
    return outcome instanceof Outcome.Unavailable unavailable
        && unavailable.kind() == Outcome.Unavailable.Kind.NEW_KEY;
  }

  /** Whether each try would take an MFA code. */
  private static boolean needsCode(Chain chain) {
    return chain.hops().stream()
        .anyMatch(hop ->
            switch (hop) {
              case Hop.SessionToken token -> token.mfa().isPresent();
              case Hop.AssumeRole role -> role.mfa().isPresent();
              default -> false;
            });
  }

  private Outcome obtainOnce(Chain chain, CallerEnvironment environment, Person person) {
    try (var output = new HelperOutput(person)) {
      return broker.attend(
          () -> attempt(chain, environment, output, Asker.of(person)),
          new Requester(person, environment.helper()));
    }
  }

  /**
   * The session of a chain, for a caller that cannot refresh it. A session with too little life
   * left is replaced first, unless that needs the user.
   *
   * @param least how much life the session should have left
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  public Outcome obtainLasting(
      Chain chain, CallerEnvironment environment, Person person, Duration least) {
    Outcome outcome = obtain(chain, environment, person);
    if (!(outcome instanceof Outcome.Issued(SessionCredentials old))
        || !old.expiration().isBefore(clocks.instant().plus(least))
        || !(sources.assemble(chain, environment)
            instanceof Sources.Assembly.Ready(SourceChain ready))
        || ready.top().needsPerson()) {
      return outcome;
    }
    return cache
        .refresh(ready)
        .map(Sessions::awaited)
        .filter(fresh ->
            fresh instanceof Outcome.Issued(SessionCredentials newer)
                && newer.expiration().isAfter(old.expiration()))
        .orElse(outcome);
  }

  /**
   * The session of a chain, for an SDK request. Returns a live session at once, otherwise what AWS
   * answers before the SDK gives up. If the user is needed and a window can be shown, asks there
   * for the benefit of the next request.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  public Outcome obtainFor(SdkProvider provider, Chain chain, CallerEnvironment environment) {
    return obtainFor(provider, chain, environment, Optional::empty);
  }

  /**
   * The same, for a request whose program a window can name.
   *
   * @param program finds the program that sent the request; called on a thread that may block
   */
  public Outcome obtainFor(
      SdkProvider provider,
      Chain chain,
      CallerEnvironment environment,
      Supplier<Optional<CallingProgram>> program) {
    Outcome outcome = sdkRequests.answer(provider, chain, environment);
    if (outcome instanceof Outcome.NeedsPerson(PersonNeed need)) {
      broker.raise(
          need,
          () -> attempt(chain, environment, new HelperOutput(Person.ABSENT), Asker.POLL),
          environment.helper(),
          () ->
              program
                  .get()
                  .map(one -> new AskingCommand(one.name(), chain.profile(), one.pid(), "")),
          executor);
    }
    return outcome;
  }

  /**
   * An MFA code that AWS has not received yet, for a call that belongs to no chain; empty if the
   * user gives none.
   */
  public Optional<Secret> code(MfaDevice device, CallerEnvironment environment, Person person) {
    return broker.code(device, new Requester(person, environment.helper()));
  }

  /** Records that such a code was not sent after all, because no connection came about. */
  public void codeNotSent(MfaDevice device, Secret code) {
    broker.codeNotSent(device, code);
  }

  /** The end of a chain's present session; empty if it has none. Asks neither AWS nor the user. */
  public Optional<Instant> expiration(Chain chain, CallerEnvironment environment) {
    return ready(chain, environment).flatMap(cache::expiration);
  }

  /** Until when a chain's credentials can be issued without the user. */
  public Instant issuableUntil(Chain chain, CallerEnvironment environment) {
    // The next caller may have other variables.
    if (chain.bottom() instanceof Hop.EnvironmentKey
        || !(sources.assemble(chain, environment)
            instanceof Sources.Assembly.Ready(SourceChain ready))) {
      return Instant.MIN;
    }
    Instant top = cache.expiration(ready).orElse(Instant.MIN);
    for (SourceChain part = ready; ; part = part.below()) {
      if (part.top().needsPerson() || part.top().lastsAsLongAsALogin()) {
        Instant given = cache.expiration(part).orElse(Instant.MIN);
        return top.isAfter(given) ? top : given;
      }
      if (part.topIsFirst()) {
        return Instant.MAX;
      }
    }
  }

  /**
   * Loads the session of a chain if it is not there, without asking the user or waiting long for
   * AWS; the schedule then keeps the session of a kept profile ready. Returns what is known in
   * time.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  public Outcome prepare(Chain chain, CallerEnvironment environment) {
    return sdkRequests.answer(SdkProvider.CONTAINER, chain, environment);
  }

  /**
   * Keeps profiles ready from now on: their sessions are refreshed even if they are not used.
   *
   * @param profiles the names of the profiles at the moment
   */
  public void keep(Supplier<Set<String>> profiles) {
    schedule.keep(profiles);
  }

  /** The profiles that are kept ready. */
  public Set<String> kept() {
    return schedule.kept();
  }

  /**
   * Starts to refresh each session that is due.
   *
   * @return when the next session is due; empty if none is scheduled
   */
  public Optional<Instant> refreshDue() {
    return schedule.refreshDue();
  }

  /** All sessions in memory, and those that could not be obtained. */
  public List<SessionView> views() {
    return schedule.views();
  }

  /** The stored keys that AWS no longer knows. */
  public List<RefusedKey> refusedKeys() {
    return refused.all(cache::liveUntil);
  }

  /** The stored keys that AWS no longer knows and that were not reported yet; each comes once. */
  public List<RefusedKey> refusedKeysToTell() {
    return refused.news(cache::liveUntil);
  }

  /** Records that the user has read that AWS no longer knows the key with this id. */
  public void refusedKeyTold(String accessKeyId) {
    refused.told(accessKeyId);
  }

  /**
   * Opens the vault, and asks for its passphrase if needed.
   *
   * @return whether the vault is open
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened for another reason
   */
  public boolean openVault(Person person, CallerEnvironment environment) {
    return broker.openVault(new Requester(person, environment.helper()), false);
  }

  /**
   * Opens the vault for a caller that asks for just this. Unlike {@link #openVault}, it opens a
   * vault that {@link #lock} has locked, lifts the limits on prompts, and forgets what AWS refused.
   */
  public boolean unlock(Person person, CallerEnvironment environment) {
    broker.liftLimits();
    cache.askAgain();
    return broker.openVault(new Requester(person, environment.helper()), true);
  }

  /** The questions that wait for the user's answer, the oldest first. */
  public List<OpenQuestion> openQuestions() {
    return broker.openQuestions();
  }

  /**
   * Locks the vault until the user opens it, and forgets all sessions, stored keys and codes in
   * memory.
   *
   * @param everything whether the sessions in the vault are removed too
   */
  public void lock(boolean everything) {
    if (vault.exists()) {
      vault.lockByUser(everything);
    }
    sources.forget();
    cache.clear();
    broker.discardCodes();
  }

  /**
   * Forgets the session of a profile's chain, and all sessions of matching profiles and keys, in
   * memory and in the vault, which must be open.
   *
   * @return how many sessions were forgotten
   */
  public int forget(
      Optional<Chain> chain,
      CallerEnvironment environment,
      Predicate<String> profile,
      Predicate<String> keyName) {
    int forgotten =
        cache.forget(chain.flatMap(found -> ready(found, environment)), profile, keyName);
    sources.forget();
    return forgotten;
  }

  /**
   * Drops from memory the sessions that only replaced chains used. The vault keeps them, in case
   * the edit is undone. The vault must be open, if there is one.
   */
  public void leave(ChainsEdit edit) {
    cache.leave(assembled(edit.outdated()), assembled(edit.current()));
  }

  private List<SourceChain> assembled(List<ChainsEdit.ChainInUse> chains) {
    return chains.stream().flatMap(use -> ready(use.chain(), use.environment()).stream()).toList();
  }

  private Optional<SourceChain> ready(Chain chain, CallerEnvironment environment) {
    return sources.assemble(chain, environment) instanceof Sources.Assembly.Ready(SourceChain ready)
        ? Optional.of(ready)
        : Optional.empty();
  }

  private Outcome attempt(
      Chain chain, CallerEnvironment environment, HelperOutput output, Asker asker) {
    return switch (sources.assemble(chain, environment, output)) {
      case Sources.Assembly.Blocked(Outcome outcome) -> outcome;
      case Sources.Assembly.Ready(SourceChain ready) -> awaited(cache.get(ready, asker));
    };
  }

  /**
   * Waits for a load. If the caller is interrupted, because its client has gone, the load goes on
   * for others who wait for it, and for the next request.
   */
  private static Outcome awaited(CompletableFuture<Outcome> load) {
    try {
      return load.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Unavailable("The command that asked has ended.");
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  /**
   * Shows the user what helper commands print while the user waits. Drops it afterwards, because
   * the same source may be refreshed later.
   */
  private static final class HelperOutput implements Consumer<String>, AutoCloseable {
    private final Person person;
    private volatile boolean waiting = true;

    HelperOutput(Person person) {
      this.person = person;
    }

    @Override
    public void accept(String line) {
      if (waiting) {
        person.tell(line);
      }
    }

    @Override
    public void close() {
      waiting = false;
    }
  }
}
