package dev.jvault.session;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions in memory. A missing session is obtained once, however many callers ask for it, and
 * the session of a hop is shared by all chains that pass through it. Never returns an expired
 * session. Safe for many threads.
 */
final class SessionCache {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCache.class);
  private static final int MOST_SESSIONS = 20_000;

  /** How long a refusal is remembered, so that polling clients do not flood STS. */
  private static final Duration REFUSED = Duration.ofSeconds(3);

  private final AsyncLoadingCache<SessionRequest, Outcome> sessions;
  private final Usages usages;
  private final SessionStore store;
  private final RefusedKeys refused;
  private final InstantSource clock;
  private final Instant epoch;

  SessionCache(
      SessionStore store,
      RefusedKeys refused,
      Usages usages,
      InstantSource clock,
      Executor executor) {
    this.store = store;
    this.refused = refused;
    this.clock = clock;
    this.epoch = clock.instant();
    this.usages = usages;
    this.sessions =
        Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            // On the caller's thread, because the executor refuses tasks once the daemon stops.
            .executor(Runnable::run)
            // The wall clock, because the monotonic one stands still while a laptop sleeps.
            .ticker(() -> Duration.between(epoch, clock.instant()).toNanos())
            .expireAfter(new ExpiryByClock())
            .buildAsync(new SessionLoader(this, store, usages, refused, clock, executor));
  }

  /** The session of a chain's top, from memory, from the vault or from AWS. */
  CompletableFuture<Outcome> get(SourceChain chain) {
    var request = new SessionRequest(chain);
    usages.used(request);
    CompletableFuture<Outcome> future = sessions.get(request);
    return future.thenCompose(outcome -> checked(request, future, outcome));
  }

  /** The end of a live session of this chain, in memory or in the vault. Starts no load. */
  Optional<Instant> expiration(SourceChain chain) {
    Instant now = clock.instant();
    var request = new SessionRequest(chain);
    return present(request)
        .or(() -> store.find(request.key()))
        .filter(session -> RefreshPolicy.live(session, now))
        .map(SessionCredentials::expiration);
  }

  /**
   * Starts to obtain a newer session, unless that failed lately or for good. The old session stays
   * until its end if this fails.
   *
   * @return the newer session, or the old one; empty if nothing was started
   */
  Optional<CompletableFuture<Outcome>> refresh(SourceChain chain) {
    var request = new SessionRequest(chain);
    return !refused.refused(chain) && usages.mayRefresh(request)
        ? Optional.of(sessions.synchronous().refresh(request))
        : Optional.empty();
  }

  /** Drops a session that AWS says has expired. */
  void dropStale(SourceChain chain) {
    var stale = new SessionRequest(chain);
    sessions.synchronous().invalidate(stale);
    int _ = store.remove(stale.key().hash()::equals, _ -> false);
  }

  /** The end of the last session in memory that came from this long-lived key. */
  Optional<Instant> liveUntil(String accessKeyId) {
    return usages.all().stream()
        .map(Usages.Usage::latest)
        .filter(request ->
            request.chain().key().map(AccessKey::accessKeyId).equals(Optional.of(accessKeyId)))
        .flatMap(request -> present(request).stream())
        .map(SessionCredentials::expiration)
        .max(Comparator.naturalOrder());
  }

  /**
   * Forgets sessions in memory and in the vault: that of a chain's top, and those of matching
   * profiles and stored keys.
   *
   * @return how many sessions were forgotten
   */
  int forget(Optional<SourceChain> top, Predicate<String> profile, Predicate<String> keyName) {
    usages.begin();
    refused.forget(keyName);
    Set<String> hashes = new HashSet<>();
    top.ifPresent(chain -> drop(new SessionRequest(chain), hashes));
    for (Usages.Usage usage : usages.all()) {
      SourceChain chain = usage.latest().chain();
      if (profile.test(chain.profile()) || keyName.test(chain.keyName())) {
        drop(usage.latest(), hashes);
      }
    }
    return Math.max(hashes.size(), store.remove(hashes::contains, keyName));
  }

  /**
   * Drops from memory the sessions of all hops of the replaced chains that no current chain uses.
   */
  void leave(List<SourceChain> left, List<SourceChain> good) {
    Set<SessionRequest> dropped = hops(left);
    dropped.removeAll(hops(good));
    for (SessionRequest request : dropped) {
      boolean known = usages.remove(request);
      if (known || sessions.getIfPresent(request) != null) {
        LOG.info("event=session_dropped session=\"{}\" reason=edited", request);
      }
      sessions.synchronous().invalidate(request);
    }
  }

  private static Set<SessionRequest> hops(List<SourceChain> chains) {
    var hops = new HashSet<SessionRequest>();
    for (SourceChain chain : chains) {
      SourceChain part = chain;
      while (hops.add(new SessionRequest(part)) && !part.topIsFirst()) {
        part = part.below();
      }
    }
    return hops;
  }

  /** Forgets all sessions in memory. The vault keeps its own. */
  void clear() {
    usages.begin();
    usages
        .all()
        .forEach(usage -> {
          boolean _ = usages.remove(usage.latest());
        });
    sessions.synchronous().invalidateAll();
  }

  private void drop(SessionRequest request, Set<String> hashes) {
    if (usages.remove(request) || store.find(request.key()).isPresent()) {
      hashes.add(request.key().hash());
    }
    sessions.synchronous().invalidate(request);
  }

  /** Starts to load a session that is not in memory. Does not wait for it. */
  void load(SessionRequest request) {
    var _ = sessions.get(request);
  }

  /** Whether a session, or a load of it, is in memory. */
  boolean contains(SessionRequest request) {
    return sessions.getIfPresent(request) != null;
  }

  /** The live session that is in memory now. Starts no load. */
  Optional<SessionCredentials> present(SessionRequest request) {
    CompletableFuture<Outcome> future = sessions.getIfPresent(request);
    return future != null
            && future.isDone()
            && !future.isCompletedExceptionally()
            && future.join() instanceof Outcome.Issued(SessionCredentials session)
            && RefreshPolicy.live(session, clock.instant())
        ? Optional.of(session)
        : Optional.empty();
  }

  /**
   * Checks the session once more, because the clock may have been set or the machine may have slept
   * since the cache looked, and because the cache sets an entry's end only after it has completed
   * the future.
   */
  private CompletableFuture<Outcome> checked(
      SessionRequest request, CompletableFuture<Outcome> future, Outcome outcome) {
    if (life(outcome).isPositive()) {
      return future;
    }
    boolean _ = sessions.asMap().remove(request, future);
    return outcome instanceof Outcome.Issued ? sessions.get(request) : future;
  }

  private Duration life(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Issued(SessionCredentials session) ->
          RefreshPolicy.left(session, clock.instant());
      case Outcome.Denied denied ->
          denied.reason() == Outcome.Reason.MFA_REFUSED ? Duration.ZERO : REFUSED;
      case Outcome.NeedsPerson _, Outcome.Unavailable _ -> Duration.ZERO;
    };
  }

  /** Ends an entry when its session ends, by the cache's own clock. */
  private final class ExpiryByClock implements Expiry<SessionRequest, Outcome> {
    @Override
    public long expireAfterCreate(SessionRequest request, Outcome outcome, long currentTime) {
      return outcome instanceof Outcome.Issued(SessionCredentials session)
          ? Duration.between(epoch, session.expiration()).toNanos() - currentTime
          : life(outcome).toNanos();
    }

    @Override
    public long expireAfterUpdate(
        SessionRequest request, Outcome outcome, long currentTime, long currentDuration) {
      return expireAfterCreate(request, outcome, currentTime);
    }

    @Override
    public long expireAfterRead(
        SessionRequest request, Outcome outcome, long currentTime, long currentDuration) {
      return currentDuration;
    }
  }
}
