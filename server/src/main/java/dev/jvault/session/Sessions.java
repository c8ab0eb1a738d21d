package dev.jvault.session;

import dev.jvault.credential.Assembly;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.SourceChain;
import dev.jvault.credential.Sources;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.interaction.Requester;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ChainInUse;
import dev.jvault.profile.ChainsEdit;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.Person;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Sessions for whoever asks: a person who can be waited for, or an SDK that cannot. */
public final class Sessions {
  private final Sources sources;
  private final SessionCache cache;
  private final RefusedKeys refused;
  private final InteractionBroker broker;
  private final Vault vault;
  private final InstantSource clock;
  private final Executor executor;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();

  /** Sessions that are obtained on the executor's threads, which may block. */
  public Sessions(
      Sources sources,
      Vault vault,
      InteractionBroker broker,
      InstantSource clock,
      Executor executor) {
    this.sources = sources;
    this.refused = new RefusedKeys(vault, clock);
    this.cache = new SessionCache(new SessionStore(vault), refused, clock, executor);
    this.broker = broker;
    this.vault = vault;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * For a verb: waits as long as it takes and asks the person if there is one.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  public Outcome obtain(Chain chain, CallerEnvironment environment, Person person) {
    try (var listener = new ProgressListener(person)) {
      return broker.attend(
          () -> attempt(chain, environment, listener), new Requester(person, environment.helper()));
    }
  }

  /**
   * The same for somebody who takes fixed credentials away: one with too little left is replaced,
   * unless that would ask the person.
   *
   * @param least how much of its life a session should have left
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  public Outcome obtainLasting(
      Chain chain, CallerEnvironment environment, Person person, Duration least) {
    Outcome outcome = obtain(chain, environment, person);
    if (!(outcome instanceof Outcome.Issued(SessionCredentials old))
        || !old.expiration().isBefore(clock.instant().plus(least))
        || !(sources.assemble(chain, environment) instanceof Assembly.Ready(SourceChain ready))
        || ready.top().needsPerson()) {
      return outcome;
    }
    return cache
        .refresh(ready)
        .map(CompletableFuture::join)
        .filter(fresh ->
            fresh instanceof Outcome.Issued(SessionCredentials newer)
                && newer.expiration().isAfter(old.expiration()))
        .orElse(outcome);
  }

  /**
   * A code of a device for a call that is not a chain's, which AWS has not had; empty where nobody
   * gives one.
   */
  public Optional<Secret> code(MfaDevice device, CallerEnvironment environment, Person person) {
    return broker.code(device, new Requester(person, environment.helper()));
  }

  /**
   * For an SDK's request: a live session at once, otherwise whatever comes while it can wait. Where
   * a person is needed, they are asked by a window if there can be one, for the next request.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  public Outcome obtainFor(SdkProvider consumer, Chain chain, CallerEnvironment environment) {
    Outcome outcome = atOnce(consumer, chain, environment);
    if (outcome instanceof Outcome.NeedsPerson(PersonNeed need)) {
      broker.raise(
          need,
          () -> attempt(chain, environment, new ProgressListener(Person.NOBODY)),
          environment.helper(),
          executor);
    }
    return outcome;
  }

  private Outcome atOnce(SdkProvider consumer, Chain chain, CallerEnvironment environment) {
    return switch (sources.assemble(chain, environment)) {
      case Assembly.Blocked(Outcome outcome) -> outcome;
      case Assembly.Ready(SourceChain ready) -> {
        CompletableFuture<Outcome> session = cache.get(ready);
        Outcome outcome = within(session, consumer.patience());
        yield outcome instanceof Outcome.Issued(SessionCredentials credentials)
                && !RefreshPolicy.comfortable(credentials, consumer.wantedLife(), clock.instant())
                && !ready.top().needsPerson()
            ? newer(ready, outcome, consumer.patience())
            : outcome;
      }
    };
  }

  /** The end of the session that a chain has now; asks nobody. */
  public Optional<Instant> expiration(Chain chain, CallerEnvironment environment) {
    return ready(chain, environment).flatMap(cache::expiration);
  }

  /** Until when the chain can be issued without a person: the end of what a person gave last. */
  public Instant issuableUntil(Chain chain, CallerEnvironment environment) {
    // What the next caller has in its variables may be something else.
    if (chain.bottom() instanceof Hop.EnvironmentKey
        || !(sources.assemble(chain, environment) instanceof Assembly.Ready(SourceChain ready))) {
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

  /** Keeps a profile's session ready from now on, whether it is used or not. */
  public void keep(String profile) {
    kept.add(profile);
  }

  /** The profiles that are kept ready. */
  public Set<String> kept() {
    return Set.copyOf(kept);
  }

  /** Refreshes what is due; returns when to come back, if something is known to become due. */
  public Optional<Instant> refreshDue() {
    return cache.refreshDue(chain -> kept.contains(chain.profile()));
  }

  /** All sessions that are or should be in memory. */
  public List<SessionView> views() {
    return cache.views();
  }

  /** The long-lived keys that AWS does not know any more. */
  public List<RefusedKey> refusedKeys() {
    return refused.all(cache::liveUntil);
  }

  /** Those of them that the person has not been told of yet; each is given once. */
  public List<RefusedKey> refusedKeysToTell() {
    return refused.news(cache::liveUntil);
  }

  /** The user has read that AWS does not know the key with this id; it is no longer news. */
  public void refusedKeyTold(String accessKeyId) {
    refused.told(accessKeyId);
  }

  /**
   * Opens the vault, asking the person for its passphrase where that is what it takes.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened for another reason
   */
  public boolean openVault(Person person, CallerEnvironment environment) {
    return broker.openVault(new Requester(person, environment.helper()), false);
  }

  /**
   * As {@link #openVault}, by somebody who wants just that: it opens what {@link #lock} has locked,
   * and refusals count no longer.
   */
  public boolean unlock(Person person, CallerEnvironment environment) {
    broker.liftLimits();
    return broker.openVault(new Requester(person, environment.helper()), true);
  }

  /**
   * Forgets all sessions in memory and what opens the vault, until a person opens it.
   *
   * @param everything whether the kept sessions are removed too
   */
  public void lock(boolean everything) {
    if (vault.exists()) {
      vault.lockByUser(everything);
    }
    cache.clear();
    broker.discardCodes();
  }

  /**
   * Forgets the sessions of a profile's chain and of matching profiles and keys, here and in the
   * vault, which must be open.
   *
   * @return how many
   */
  public int forget(
      Optional<Chain> chain,
      CallerEnvironment environment,
      Predicate<String> profile,
      Predicate<String> keyName) {
    return cache.forget(chain.flatMap(found -> ready(found, environment)), profile, keyName);
  }

  /**
   * Drops from memory the sessions that only chains used which nobody means any more; the vault
   * keeps them, for an edit that is taken back. The vault must be open, if there is one.
   */
  public void leave(ChainsEdit edit) {
    cache.leave(assembled(edit.left()), assembled(edit.good()));
  }

  private List<SourceChain> assembled(List<ChainInUse> chains) {
    return chains.stream().flatMap(use -> ready(use.chain(), use.environment()).stream()).toList();
  }

  /** The chain, where it can be asked. */
  private Optional<SourceChain> ready(Chain chain, CallerEnvironment environment) {
    return sources.assemble(chain, environment) instanceof Assembly.Ready(SourceChain ready)
        ? Optional.of(ready)
        : Optional.empty();
  }

  private Outcome attempt(Chain chain, CallerEnvironment environment, ProgressListener listener) {
    return switch (sources.assemble(chain, environment, listener)) {
      case Assembly.Blocked(Outcome outcome) -> outcome;
      case Assembly.Ready(SourceChain ready) -> cache.get(ready).join();
    };
  }

  /** A refresh ahead of time was missed (idle, asleep): try for a moment, else use the old one. */
  private Outcome newer(SourceChain chain, Outcome old, Duration patience) {
    return cache
        .refresh(chain)
        .map(refresh -> within(refresh, patience.dividedBy(2)))
        .filter(Outcome.Issued.class::isInstance)
        .orElse(old);
  }

  private static Outcome within(CompletableFuture<Outcome> session, Duration patience) {
    try {
      return session.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome.Unavailable(
          "AWS has not answered yet; the session will be ready shortly.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unavailable("jvault is stopping.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("sources answer with outcomes", e.getCause());
    }
  }
}
