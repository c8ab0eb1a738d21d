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
 * All sessions in memory. However many ask for one that is not there, it is obtained once, and a
 * hop's session is shared by every chain that passes through it. What has expired is never handed
 * out. Safe for many threads.
 */
final class SessionCache {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCache.class);
  private static final int MOST_SESSIONS = 20_000;

  /** A refusal is remembered this long, so that polling clients do not become a storm on STS. */
  private static final Duration REFUSED = Duration.ofSeconds(3);

  private final AsyncLoadingCache<SessionRequest, Outcome> sessions;
  private final Usages usages;
  private final SessionStore store;
  private final RefusedKeys refused;
  private final InstantSource clock;
  private final Instant epoch;

  SessionCache(SessionStore store, RefusedKeys refused, InstantSource clock, Executor executor) {
    this.store = store;
    this.refused = refused;
    this.clock = clock;
    this.epoch = clock.instant();
    this.usages = new Usages(clock);
    this.sessions =
        Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            // Maintenance is short, and so is never refused by an executor that is being closed.
            .executor(Runnable::run)
            // The wall clock: the monotonic one stands still while a laptop sleeps.
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

  /** The live session that is in memory now, without asking anybody. */
  Optional<SessionCredentials> present(SourceChain chain) {
    return present(new SessionRequest(chain));
  }

  /** The end of a live session of this chain, in memory or in the vault, asking nobody. */
  Optional<Instant> expiration(SourceChain chain) {
    Instant now = clock.instant();
    return present(chain)
        .or(() -> store.find(SessionKey.of(chain)))
        .filter(session -> RefreshPolicy.live(session, now))
        .map(SessionCredentials::expiration);
  }

  /**
   * Obtains a newer session now, unless that has failed lately or for good; whatever comes of it,
   * the old one stays until its end.
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

  /** Everything that has been used and not been forgotten. */
  List<SessionView> views() {
    return usages.all().stream().flatMap(usage -> view(usage).stream()).toList();
  }

  /** The end of the last session in memory that came from a long-lived key. */
  Optional<Instant> liveUntil(String accessKeyId) {
    return usages.all().stream()
        .map(Usage::latest)
        .filter(request ->
            request.chain().key().map(AccessKey::accessKeyId).equals(Optional.of(accessKeyId)))
        .flatMap(request -> present(request).stream())
        .map(SessionCredentials::expiration)
        .max(Comparator.naturalOrder());
  }

  /** Refreshes what is due and used lately or kept; returns when the next one is due. */
  Optional<Instant> refreshDue(Predicate<SourceChain> kept) {
    Instant now = clock.instant();
    usages.removeOld(request -> present(request).isEmpty());
    Optional<Instant> next = Optional.empty();
    for (Usage usage : usages.all()) {
      SourceChain chain = usage.latest().chain();
      boolean keep = kept.test(chain);
      if (!keep && !RefreshPolicy.usedLately(usage.lastUse(), now)) {
        continue;
      }
      Optional<Instant> due = nextRefresh(usage);
      if (due.isPresent() && !due.get().isAfter(now)) {
        var _ = refresh(chain);
      } else if (keep && missing(usage, now)) {
        var _ = sessions.get(usage.latest());
      } else if (due.isPresent() && next.map(due.get()::isBefore).orElse(true)) {
        next = due;
      }
    }
    return next;
  }

  /**
   * Forgets sessions, here and in the vault: those of a chain's top, and all of matching profiles
   * and long-lived keys.
   */
  int forget(Optional<SourceChain> top, Predicate<String> profile, Predicate<String> keyName) {
    usages.begin();
    refused.forget(keyName);
    Set<String> hashes = new HashSet<>();
    top.ifPresent(chain -> drop(new SessionRequest(chain), hashes));
    for (Usage usage : usages.all()) {
      SourceChain chain = usage.latest().chain();
      if (profile.test(chain.profile()) || keyName.test(chain.keyName())) {
        drop(usage.latest(), hashes);
      }
    }
    return Math.max(hashes.size(), store.remove(hashes::contains, keyName));
  }

  /** Drops the sessions of all hops of some chains from memory, but for those that others use. */
  void leave(List<SourceChain> left, List<SourceChain> good) {
    Set<SessionRequest> dropped = hops(left);
    dropped.removeAll(hops(good));
    for (SessionRequest request : dropped) {
      boolean known = usages.remove(request);
      if (known || sessions.getIfPresent(request) != null) {
        LOG.info("event=session_left session=\"{}\" reason=edited", request);
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

  /** Forgets everything in memory; the vault keeps what it has. */
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

  private boolean missing(Usage usage, Instant now) {
    return !refused.refused(usage.latest().chain())
        && usage.mayRefresh(now)
        && sessions.getIfPresent(usage.latest()) == null;
  }

  private Optional<SessionCredentials> present(SessionRequest request) {
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
   * A clock step or a suspend may have come between the cache's judgement and this moment; and the
   * cache sets an entry's end only after whoever waits for it has been told.
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

  private Optional<SessionView> view(Usage usage) {
    return present(usage.latest())
        .map(session ->
            new SessionView(usage.latest().chain(), session, nextRefresh(usage), usage.lastError()))
        .or(() -> usage.lastError().map(error -> new SessionView(usage.latest().chain(), error)));
  }

  private Optional<Instant> nextRefresh(Usage usage) {
    SourceChain chain = usage.latest().chain();
    if (usage.givenUp() || refused.refused(chain) || chain.top().needsPerson()) {
      return Optional.empty();
    }
    return present(usage.latest())
        .map(RefreshPolicy::due)
        .map(due -> due.isBefore(usage.notBefore()) ? usage.notBefore() : due);
  }

  /** Ends an entry with its session, by the cache's own clock, whenever it is written. */
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
