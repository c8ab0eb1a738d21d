package dev.jvault.endpoint;

import dev.jvault.audit.TokenlessRequests;
import dev.jvault.grant.Grant;
import dev.jvault.http.Caller;
import dev.jvault.peer.PeerProcess;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up the programs that ask without a token, one at a time. Safe for many threads. */
final class TokenlessCallers {
  /** A loop of requests must not take more than one of the few threads of the endpoint. */
  private static final int MOST = 1;

  /** Far below what SDKs wait for a response; a lookup takes milliseconds. */
  private static final long WAIT_MILLIS = 100;

  private final TokenlessRequests requests;
  private final Semaphore lookups = new Semaphore(MOST);

  TokenlessCallers(TokenlessRequests requests) {
    this.requests = requests;
  }

  /**
   * Records a request for a grant's credentials. Waits a moment for the lookup, because the program
   * may close its connection or end once it is refused.
   */
  void note(Grant grant, Caller caller) {
    if (!lookups.tryAcquire()) {
      return;
    }
    CompletableFuture<Void> noted =
        caller
            .process()
            .exceptionally(_ -> Optional.empty())
            .thenAccept(process -> {
              lookups.release();
              note(grant, process, caller.uid());
            });
    try {
      var _ = noted.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // It is recorded once the lookup ends.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a record never fails a request", e.getCause());
    }
  }

  private void note(Grant grant, Optional<PeerProcess> process, long uid) {
    requests.note(
        grant.profile(),
        grant.id(),
        process.map(found -> OptionalLong.of(found.pid())).orElse(OptionalLong.empty()),
        process.map(PeerProcess::executable),
        uid);
  }
}
