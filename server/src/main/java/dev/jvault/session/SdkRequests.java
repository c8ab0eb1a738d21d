package dev.jvault.session;

import dev.jvault.clock.Clocks;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import dev.jvault.credential.Sources;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Answers SDK requests before the SDK gives up, and never asks the user. */
final class SdkRequests {
  private final Sources sources;
  private final SessionCache cache;
  private final SdkTimeouts timeouts;
  private final Clocks clocks;

  SdkRequests(Sources sources, SessionCache cache, SdkTimeouts timeouts, Clocks clocks) {
    this.sources = sources;
    this.cache = cache;
    this.timeouts = timeouts;
    this.clocks = clocks;
  }

  /**
   * The session of a chain: at once if one is live, otherwise what AWS answers within the
   * provider's timeout. A load that takes longer goes on, for the SDK's next request.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened
   */
  Outcome answer(SdkProvider provider, Chain chain, CallerEnvironment environment) {
    return switch (sources.assemble(chain, environment)) {
      case Sources.Assembly.Blocked(Outcome outcome) -> outcome;
      case Sources.Assembly.Ready(SourceChain ready) -> {
        Duration timeout = timeouts.of(provider);
        Outcome outcome = within(timeout, cache.get(ready, Asker.POLL));
        yield outcome instanceof Outcome.Issued(SessionCredentials session)
                && !RefreshPolicy.comfortable(session, provider.wantedLife(), clocks.instant())
                && !ready.top().needsPerson()
            ? newer(ready, outcome, timeout)
            : outcome;
      }
    };
  }

  /**
   * Replaces a session that should have been refreshed already (the machine slept, or the profile
   * was idle), and falls back to the old one if that takes too long.
   */
  private Outcome newer(SourceChain chain, Outcome old, Duration timeout) {
    return cache
        .refresh(chain)
        .map(refresh -> within(timeout.dividedBy(2), refresh))
        .filter(Outcome.Issued.class::isInstance)
        .orElse(old);
  }

  private static Outcome within(Duration timeout, CompletableFuture<Outcome> session) {
    try {
      return session.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
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
