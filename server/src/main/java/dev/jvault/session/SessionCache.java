package dev.jvault.session;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final Map<SessionKey, Usage> usages = new ConcurrentHashMap<>();
  private final SessionStore store;
  private final InstantSource clock;
  private final Instant epoch;

  /** Counts the times that sessions were forgotten: a load from before must not bring one back. */
  private final AtomicInteger generation = new AtomicInteger();

  SessionCache(SessionStore store, InstantSource clock, Executor executor) {
    this.store = store;
    this.clock = clock;
    this.epoch = clock.instant();
    this.sessions =
        Caffeine.newBuilder()
            .maximumSize(MOST_SESSIONS)
            .executor(executor)
            // The wall clock: the monotonic one stands still while a laptop sleeps.
            .ticker(() -> Duration.between(epoch, clock.instant()).toNanos())
            .expireAfter(new ExpiryByClock())
            .buildAsync(new Loader());
  }

  /** The session of a chain's top, from memory, from the vault or from AWS. */
  CompletableFuture<Outcome> get(SourceChain chain) {
    var request = new SessionRequest(chain);
    Instant now = clock.instant();
    usages.compute(
        request.key(),
        (_, known) -> known == null ? Usage.first(request, now) : known.used(request, now));
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

  /** Obtains a newer session now; if that fails, the old one stays until its end. */
  CompletableFuture<Outcome> refresh(SourceChain chain) {
    return sessions.synchronous().refresh(new SessionRequest(chain));
  }

  /** Everything that has been used and not been forgotten. */
  List<SessionView> views() {
    return usages.values().stream().flatMap(usage -> view(usage).stream()).toList();
  }

  /** Refreshes what is due and used lately or kept; returns when the next one is due. */
  Optional<Instant> refreshDue(Predicate<SourceChain> kept) {
    Instant now = clock.instant();
    Optional<Instant> next = Optional.empty();
    for (Usage usage : usages.values()) {
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
    generation.incrementAndGet();
    Set<String> hashes = new HashSet<>();
    top.ifPresent(chain -> drop(new SessionRequest(chain), hashes));
    for (Usage usage : usages.values()) {
      SourceChain chain = usage.latest().chain();
      if (profile.test(chain.profile()) || keyName.test(chain.keyName())) {
        drop(usage.latest(), hashes);
      }
    }
    return Math.max(hashes.size(), store.remove(hashes::contains, keyName));
  }

  private void drop(SessionRequest request, Set<String> hashes) {
    if (usages.remove(request.key()) != null || store.find(request.key()).isPresent()) {
      hashes.add(request.key().hash());
    }
    sessions.synchronous().invalidate(request);
  }

  /** Forgets everything in memory; the vault keeps what it has. */
  void forgetMemory() {
    generation.incrementAndGet();
    usages.clear();
    sessions.synchronous().invalidateAll();
  }

  private boolean missing(Usage usage, Instant now) {
    return !usage.givenUp()
        && !usage.notBefore().isAfter(now)
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
    if (usage.givenUp() || usage.latest().chain().top().needsPerson()) {
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

  /** Obtains sessions, on the cache's executor. */
  private final class Loader implements AsyncCacheLoader<SessionRequest, Outcome> {
    @Override
    public CompletableFuture<Outcome> asyncLoad(SessionRequest request, Executor executor) {
      return CompletableFuture.supplyAsync(() -> load(request), executor);
    }

    @Override
    public CompletableFuture<Outcome> asyncReload(
        SessionRequest request, Outcome old, Executor executor) {
      return CompletableFuture.supplyAsync(
          () -> obtain(request) instanceof Outcome.Issued fresh ? fresh : old, executor);
    }

    private Outcome load(SessionRequest request) {
      Instant now = clock.instant();
      Optional<SessionCredentials> kept =
          store.find(request.key()).filter(session -> RefreshPolicy.live(session, now));
      boolean enough =
          kept.isPresent()
              && (request.chain().top().needsPerson()
                  || RefreshPolicy.comfortable(kept.get(), now));
      if (enough) {
        return new Outcome.Issued(kept.get());
      }
      Outcome fresh = obtain(request);
      return fresh instanceof Outcome.Issued || kept.isEmpty()
          ? fresh
          : new Outcome.Issued(kept.get());
    }

    private Outcome obtain(SessionRequest request) {
      int begun = generation.get();
      Outcome outcome = ask(request, true);
      switch (outcome) {
        case Outcome.Issued(SessionCredentials session) -> {
          usages.computeIfPresent(request.key(), (_, usage) -> usage.refreshed());
          LOG.info(
              "event=session_issued session=\"{}\" key={} expires={}",
              request,
              request.chain().keyName(),
              session.expiration());
          if (begun == generation.get()) {
            store.put(request.key(), request.chain(), session);
          }
        }
        case Outcome.Denied denied -> failed(request, denied.sentence(), true);
        case Outcome.Unavailable unavailable -> failed(request, unavailable.sentence(), false);
        case Outcome.NeedsPerson _ -> {}
      }
      return outcome;
    }

    /** An expired hop below is dropped and obtained once more. */
    private Outcome ask(SessionRequest request, boolean again) {
      SourceChain chain = request.chain();
      SigningCredentials below = chain.key();
      if (!chain.topTakesKey()) {
        Outcome outcome = get(chain.below()).join();
        if (!(outcome instanceof Outcome.Issued(SessionCredentials session))) {
          return outcome;
        }
        below = session;
      }
      Outcome outcome = chain.top().obtain(below);
      if (again
          && !chain.topTakesKey()
          && outcome instanceof Outcome.Denied denied
          && denied.reason() == Outcome.Reason.EXPIRED) {
        var stale = new SessionRequest(chain.below());
        sessions.synchronous().invalidate(stale);
        store.remove(stale.key().hash()::equals, _ -> false);
        return ask(request, false);
      }
      return outcome;
    }

    private void failed(SessionRequest request, String sentence, boolean forGood) {
      usages.computeIfPresent(
          request.key(), (_, usage) -> usage.failed(sentence, forGood, clock.instant()));
      LOG.warn("event=session_refused session=\"{}\" reason=\"{}\"", request, sentence);
    }
  }
}
