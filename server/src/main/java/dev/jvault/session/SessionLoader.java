package dev.jvault.session;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import dev.jvault.clock.Clocks;
import dev.jvault.credential.CredentialSource;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.SourceChain;
import dev.jvault.json.JsonText;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import dev.jvault.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Obtains sessions for the cache: from the vault if it has a good one, else from the source. */
final class SessionLoader implements AsyncCacheLoader<SessionRequest, Held> {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLoader.class);

  private final SessionCache cache;
  private final SessionStore store;
  private final Usages usages;
  private final RefusedKeys refused;
  private final FailureMemory failures;
  private final Replacements replacements = new Replacements();
  private final Clocks clocks;
  private final Executor loads;

  SessionLoader(
      SessionCache cache,
      SessionStore store,
      Usages usages,
      RefusedKeys refused,
      FailureMemory failures,
      Clocks clocks,
      Executor loads) {
    this.cache = cache;
    this.store = store;
    this.usages = usages;
    this.refused = refused;
    this.failures = failures;
    this.clocks = clocks;
    this.loads = loads;
  }

  @Override
  public CompletableFuture<Held> asyncLoad(SessionRequest request, Executor cacheExecutor) {
    return begin(
        () -> load(request),
        Held.failure(new Outcome.Unavailable("jvault is stopping."), Duration.ZERO, clocks));
  }

  @Override
  public CompletableFuture<Held> asyncReload(
      SessionRequest request, Held old, Executor cacheExecutor) {
    return begin(
        () -> {
          Held fresh = obtain(request);
          return fresh.outcome() instanceof Outcome.Issued ? fresh : old;
        },
        old);
  }

  /** Starts a load, unless the executor has been closed because the daemon stops. */
  private CompletableFuture<Held> begin(Supplier<Held> load, Held stopping) {
    try {
      return CompletableFuture.supplyAsync(Trace.carried(load), loads);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(stopping);
    }
  }

  private Held load(SessionRequest request) {
    Instant now = clocks.instant();
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
      Trace.tell(() -> request + ": session from the vault");
      return Held.session(kept.get(), clocks);
    }
    Held fresh = obtain(request);
    return fresh.outcome() instanceof Outcome.Issued || kept.isEmpty()
        ? fresh
        : Held.session(kept.get(), clocks);
  }

  private Held obtain(SessionRequest request) {
    int begun = usages.generation();
    Answer answer = ask(request);
    Trace.tell(() -> request + ": " + told(answer.outcome()));
    switch (answer.outcome()) {
      case Outcome.Issued(SessionCredentials session) -> issued(request, session, begun);
      case Outcome.Denied denied -> failed(request, denied.sentence(), denied.logged(), true);
      case Outcome.Unavailable unavailable ->
          failed(request, unavailable.sentence(), unavailable.logged(), false);
      case Outcome.NeedsPerson(PersonNeed need) -> needed(request, need);
    }
    Duration repeated =
        answer.asked() ? failures.answered(request, answer.outcome()) : Duration.ZERO;
    return answer.outcome() instanceof Outcome.Issued(SessionCredentials session)
        ? Held.session(session, clocks)
        : Held.failure(answer.outcome(), repeated, clocks);
  }

  /**
   * Asks the source. If AWS refuses the session of the hop below, replaces that session and asks
   * once more.
   */
  private Answer ask(SessionRequest request) {
    SourceChain chain = request.chain();
    if (chain.topIsFirst()) {
      return chain
          .key()
          .map(key -> askWith(key, request))
          .orElseGet(() -> source(request, Optional.empty()));
    }
    Outcome below = cache.get(chain.below(), request.asker()).join();
    if (!(below instanceof Outcome.Issued(SessionCredentials session))) {
      return Answer.repeated(below);
    }
    Answer answer = source(request, Optional.of(session));
    if (!replacements.mayHelp(chain, session, answer.outcome())) {
      return answer;
    }
    LOG.info("event=session_replaced session=\"{}\"", chain.below().top().label());
    cache.dropRefused(chain.below(), session.accessKeyId());
    return switch (cache.get(chain.below(), request.asker()).join()) {
      case Outcome.Issued(SessionCredentials other) when same(other, session) -> answer;
      case Outcome.Issued(SessionCredentials other) -> {
        Answer second = source(request, Optional.of(other));
        boolean _ = replacements.mayHelp(chain, other, second.outcome());
        yield second;
      }
      case Outcome failure -> Answer.repeated(failure);
    };
  }

  private static boolean same(SessionCredentials one, SessionCredentials other) {
    return one.accessKeyId().equals(other.accessKeyId());
  }

  /** Repeats a recent refusal to a poll instead of sending a key that AWS does not know. */
  private Answer askWith(AccessKey key, SessionRequest request) {
    Optional<Outcome> remembered =
        request.asker() == Asker.POLL ? refused.remembered(request.chain(), key) : Optional.empty();
    if (remembered.isPresent()) {
      return Answer.repeated(remembered.get());
    }
    Answer answer = source(request, Optional.of(key));
    return answer.asked()
        ? Answer.given(refused.record(request.chain(), key, answer.outcome()))
        : answer;
  }

  /** Asks the source, unless its service throttles and the asker is not a user who waits. */
  private Answer source(SessionRequest request, Optional<SigningCredentials> below) {
    Optional<Outcome> throttled =
        request.asker() == Asker.PERSON ? Optional.empty() : failures.throttled(request.chain());
    return throttled
        .map(Answer::repeated)
        .orElseGet(() -> {
          Trace.tell(() -> request + ": asking its source");
          return Answer.given(obtained(request.chain().top(), below));
        });
  }

  private static String told(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Issued(SessionCredentials session) ->
          "issued until " + JsonText.time(session.expiration());
      case Outcome.Denied denied -> "denied: " + denied.logged();
      case Outcome.Unavailable unavailable -> "unavailable: " + unavailable.logged();
      case Outcome.NeedsPerson(PersonNeed need) -> "needs " + need.what();
    };
  }

  /** Asks once more if the source has only what AWS has refused, which another program stored. */
  private Outcome obtained(CredentialSource source, Optional<SigningCredentials> below) {
    Outcome outcome = source.obtain(below);
    return outcome instanceof Outcome.Issued(SessionCredentials session)
            && replacements.refused(session)
        ? source.obtainAnew(below)
        : outcome;
  }

  /**
   * An answer to a request.
   *
   * @param asked whether the source gave it now; if not, it is another request's, from memory
   */
  private record Answer(Outcome outcome, boolean asked) {
    static Answer given(Outcome outcome) {
      return new Answer(outcome, true);
    }

    static Answer repeated(Outcome outcome) {
      return new Answer(outcome, false);
    }
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

  private void failed(SessionRequest request, String sentence, String logged, boolean forGood) {
    usages.failed(request, sentence, forGood);
    LOG.warn("event=session_refused session=\"{}\" reason=\"{}\"", request, logged);
  }
}
