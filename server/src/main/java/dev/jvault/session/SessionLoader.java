package dev.jvault.session;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.SourceChain;
import dev.jvault.json.JsonText;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Obtains sessions for the cache: from the vault if it has a good one, else from the source. */
final class SessionLoader implements AsyncCacheLoader<SessionRequest, Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLoader.class);

  private final SessionCache cache;
  private final SessionStore store;
  private final Usages usages;
  private final RefusedKeys refused;
  private final InstantSource clock;
  private final Executor loads;

  SessionLoader(
      SessionCache cache,
      SessionStore store,
      Usages usages,
      RefusedKeys refused,
      InstantSource clock,
      Executor loads) {
    this.cache = cache;
    this.store = store;
    this.usages = usages;
    this.refused = refused;
    this.clock = clock;
    this.loads = loads;
  }

  @Override
  public CompletableFuture<Outcome> asyncLoad(SessionRequest request, Executor cacheExecutor) {
    return begin(() -> load(request), new Outcome.Unavailable("jvault is stopping."));
  }

  @Override
  public CompletableFuture<Outcome> asyncReload(
      SessionRequest request, Outcome old, Executor cacheExecutor) {
    return begin(() -> obtain(request) instanceof Outcome.Issued fresh ? fresh : old, old);
  }

  /** Starts a load, unless the executor has been closed because the daemon stops. */
  private CompletableFuture<Outcome> begin(Supplier<Outcome> load, Outcome stopping) {
    try {
      return CompletableFuture.supplyAsync(load, loads);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(stopping);
    }
  }

  private Outcome load(SessionRequest request) {
    Instant now = clock.instant();
    Optional<SessionCredentials> kept =
        Optional.of(request)
            .filter(one -> one.chain().top().durable())
            .flatMap(one -> store.find(one.key()))
            .filter(session -> RefreshPolicy.live(session, now));
    boolean enough =
        kept.isPresent()
            && (request.chain().top().needsPerson()
                || RefreshPolicy.comfortable(
                    kept.get(), SdkProvider.INSTANCE_METADATA.wantedLife(), now));
    if (enough) {
      return new Outcome.Issued(kept.get());
    }
    Outcome fresh = obtain(request);
    return fresh instanceof Outcome.Issued || kept.isEmpty()
        ? fresh
        : new Outcome.Issued(kept.get());
  }

  private Outcome obtain(SessionRequest request) {
    int begun = usages.generation();
    Outcome outcome = ask(request.chain(), true);
    switch (outcome) {
      case Outcome.Issued(SessionCredentials session) -> issued(request, session, begun);
      case Outcome.Denied denied -> failed(request, denied.sentence(), true);
      case Outcome.Unavailable unavailable -> failed(request, unavailable.sentence(), false);
      case Outcome.NeedsPerson(PersonNeed need) -> needed(request, need);
    }
    return outcome;
  }

  /** Asks the source. If the hop below has expired, drops that session and asks once more. */
  private Outcome ask(SourceChain chain, boolean again) {
    if (chain.topIsFirst()) {
      return chain
          .key()
          .map(key -> askWith(key, chain))
          .orElseGet(() -> chain.top().obtain(Optional.empty()));
    }
    Outcome below = cache.get(chain.below()).join();
    if (!(below instanceof Outcome.Issued(SessionCredentials session))) {
      return below;
    }
    Outcome outcome = chain.top().obtain(Optional.of(session));
    boolean stale =
        outcome instanceof Outcome.Denied denied && denied.reason() == Outcome.Reason.EXPIRED;
    if (stale && again) {
      cache.dropStale(chain.below());
      return ask(chain, false);
    }
    return outcome;
  }

  /** Repeats a recent refusal instead of sending a key that AWS does not know. */
  private Outcome askWith(AccessKey key, SourceChain chain) {
    Optional<Outcome> remembered = refused.remembered(key);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    return refused.record(chain, key, chain.top().obtain(Optional.of(key)));
  }

  private void issued(SessionRequest request, SessionCredentials session, int begun) {
    usages.refreshed(request);
    LOG.info(
        "event=session_issued session=\"{}\" key={} expires={}",
        request,
        request.chain().keyName(),
        JsonText.time(session.expiration()));
    if (begun == usages.generation() && request.chain().top().durable()) {
      store.put(request.key(), request.chain(), session);
    }
  }

  /** Counts as a failure, so that an ended login is not tried again with each heartbeat. */
  private void needed(SessionRequest request, PersonNeed need) {
    if (request.chain().top().lastsAsLongAsALogin()) {
      usages.failed(request, "needs " + need.what(), false);
    }
  }

  private void failed(SessionRequest request, String sentence, boolean forGood) {
    usages.failed(request, sentence, forGood);
    LOG.warn("event=session_refused session=\"{}\" reason=\"{}\"", request, sentence);
  }
}
