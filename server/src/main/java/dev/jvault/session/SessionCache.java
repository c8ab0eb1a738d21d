package dev.jvault.session;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.jvault.clock.Clocks;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
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

  private final AsyncLoadingCache<SessionRequest, Held> sessions;
  private final Usages usages;
  private final SessionStore store;
  private final RefusedKeys refused;
  private final FailureMemory failures;
  private final Clocks clocks;
  private final Instant epoch;

  SessionCache(
      SessionStore store, RefusedKeys refused, Usages usages, Clocks clocks, Executor executor) {
    this.store = store;
    this.refused = refused;
    this.failures = new FailureMemory(clocks.steadySource());
    this.clocks = clocks;
    this.epoch = clocks.steady();
    this.usages = usages;
    this.sessions =
        Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            // On the caller's thread, because the executor refuses tasks once the daemon stops.
            .executor(Runnable::run)
            // The steady clock; what the wall clock says is checked with each request.
            .ticker(() -> Duration.between(epoch, clocks.steady()).toNanos())
            .expireAfter(new ExpiryByClock())
            .buildAsync(
                new SessionLoader(this, store, usages, refused, failures, clocks, executor));
  }

  /**
   * The session of a chain's top, from memory, from the vault or from AWS; or a failure, from
   * memory if the asker takes one from there.
   */
  CompletableFuture<Outcome> get(SourceChain chain, Asker asker) {
    var request = new SessionRequest(chain, asker);
    usages.used(request);
    dropFailure(request);
    Trace.tell(() -> request + ": " + known(request));
    CompletableFuture<Held> future = sessions.get(request);
    return future
        .thenCompose(held -> checked(request, future, held))
        .thenApply(held -> held.outcome(clocks));
  }

  /** What the cache has, for whoever follows a call. */
  private String known(SessionRequest request) {
    CompletableFuture<Held> known = sessions.getIfPresent(request);
    if (known == null) {
      return "no session in memory";
    }
    return known.isDone() ? "session from memory" : "another request is loading the session";
  }

  /** Drops a failure that is over, or that the asker does not take from memory. */
  private void dropFailure(SessionRequest request) {
    CompletableFuture<Held> known = sessions.getIfPresent(request);
    if (known != null
        && loaded(known)
            .filter(Held::failed)
            .filter(held -> !held.live(clocks) || !request.asker().takes(held.outcome()))
            .isPresent()) {
      boolean _ = sessions.asMap().remove(request, known);
    }
  }

  /** What a load has given; empty if it still goes on or threw. */
  private static Optional<Held> loaded(CompletableFuture<Held> load) {
    return load.state() == Future.State.SUCCESS ? Optional.of(load.resultNow()) : Optional.empty();
  }

  /** The end of a live session of this chain, in memory or in the vault. Starts no load. */
  Optional<Instant> expiration(SourceChain chain) {
    var request = new SessionRequest(chain);
    return present(request)
        .or(() -> store.find(request.key()))
        .filter(session -> RefreshPolicy.live(session, clocks.instant()))
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
    if (refused.refused(chain) || !usages.mayRefresh(request)) {
      return Optional.empty();
    }
    CompletableFuture<Held> old = sessions.getIfPresent(request);
    return Optional.of(
        sessions
            .synchronous()
            .refresh(request)
            .thenApply(fresh -> {
              // The cache does it only after this, and a caller who waits may ask again at once.
              boolean _ =
                  old != null
                      && sessions
                          .asMap()
                          .replace(request, old, CompletableFuture.completedFuture(fresh));
              return fresh.outcome(clocks);
            }));
  }

  /**
   * Drops a session that AWS refuses, in memory and in the vault, unless another one has replaced
   * it already.
   */
  void dropRefused(SourceChain chain, String accessKeyId) {
    var refusedSession = new SessionRequest(chain);
    CompletableFuture<Held> known = sessions.getIfPresent(refusedSession);
    if (known != null && is(known, accessKeyId)) {
      boolean _ = sessions.asMap().remove(refusedSession, known);
    }
    if (store
        .find(refusedSession.key())
        .filter(session -> session.accessKeyId().equals(accessKeyId))
        .isPresent()) {
      int _ = store.remove(refusedSession.key().hash()::equals, _ -> false);
    }
  }

  private static boolean is(CompletableFuture<Held> known, String accessKeyId) {
    return loaded(known)
        .filter(held ->
            held.outcome() instanceof Outcome.Issued(SessionCredentials session)
                && session.accessKeyId().equals(accessKeyId))
        .isPresent();
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
    failures.clear();
    Optional<String> id = idOf(top);
    refused.forget(keyName, one -> id.filter(one::equals).isPresent());
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

  private static Optional<String> idOf(Optional<SourceChain> chain) {
    return chain.flatMap(SourceChain::key).map(AccessKey::accessKeyId);
  }

  /** Forgets what AWS refused and where it failed, so that the next caller asks again. */
  void askAgain() {
    failures.clear();
    refused.clear();
    sessions.asMap().values().removeIf(known -> loaded(known).filter(Held::failed).isPresent());
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
    return Optional.ofNullable(sessions.getIfPresent(request))
        .flatMap(SessionCache::loaded)
        .filter(held -> held.live(clocks))
        .flatMap(held ->
            held.outcome(clocks) instanceof Outcome.Issued(SessionCredentials session)
                ? Optional.of(session)
                : Optional.empty());
  }

  /**
   * Checks the session once more, because the clock may have been set since the cache looked, and
   * because the cache sets an entry's end only after it has completed the future.
   */
  private CompletableFuture<Held> checked(
      SessionRequest request, CompletableFuture<Held> future, Held held) {
    if (held.live(clocks)) {
      return future;
    }
    boolean _ = sessions.asMap().remove(request, future);
    return held.outcome() instanceof Outcome.Issued ? sessions.get(request) : future;
  }

  /** Ends an entry when its outcome ends, by the steady clock. */
  private final class ExpiryByClock implements Expiry<SessionRequest, Held> {
    @Override
    public long expireAfterCreate(SessionRequest request, Held held, long currentTime) {
      return Duration.between(epoch, held.until()).toNanos() - currentTime;
    }

    @Override
    public long expireAfterUpdate(
        SessionRequest request, Held held, long currentTime, long currentDuration) {
      return expireAfterCreate(request, held, currentTime);
    }

    @Override
    public long expireAfterRead(
        SessionRequest request, Held held, long currentTime, long currentDuration) {
      return currentDuration;
    }
  }
}
