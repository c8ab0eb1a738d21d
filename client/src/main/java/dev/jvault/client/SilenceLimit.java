package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Ends the wait for a daemon that hangs: such a daemon takes the connection and never answers. One
 * that is slow answers the question who it is, and has as much time as it takes.
 */
final class SilenceLimit implements ResponseWait {
  /**
   * The times without a sign of life.
   *
   * @param notice after this the user learns what is waited for
   * @param question after this the daemon is asked who it is
   * @param limit after this the daemon counts as one that hangs
   */
  record Times(Duration notice, Duration question, Duration limit) {
    static final Times USUAL =
        new Times(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(10));
  }

  private final Times times;
  private final Runnable notice;
  private final Supplier<JvaultException> hangs;
  private boolean noticed;

  /**
   * A limit for the requests of one verb. Each of them waits on the caller's thread.
   *
   * @param notice tells the user, once, that the daemon is waited for
   * @param hangs the failure if the daemon gives no sign of life
   */
  SilenceLimit(Times times, Runnable notice, Supplier<JvaultException> hangs) {
    this.times = times;
    this.notice = notice;
    this.hangs = hangs;
  }

  @Override
  public Response await(Exchange request, Exchange signOfLife) throws NoDaemonException {
    CompletableFuture<Response> response = start(request);
    if (!endsWithin(times.notice(), response)) {
      tell();
      Duration first = times.question().minus(times.notice());
      while (!endsWithin(first, response)) {
        // A question that fails is no sign of life.
        var alive = new CompletableFuture<Response>();
        CompletableFuture<Response> _ = start(signOfLife).thenApply(answer -> done(alive, answer));
        if (!endsWithin(times.limit().minus(times.question()), response, alive)) {
          throw hangs.get();
        }
      }
    }
    return result(response);
  }

  private void tell() {
    if (!noticed) {
      noticed = true;
      notice.run();
    }
  }

  private static Response done(CompletableFuture<Response> alive, Response answer) {
    alive.complete(answer);
    return answer;
  }

  /** On a thread of its own, because a connection to a daemon that hangs may block, too. */
  private static CompletableFuture<Response> start(Exchange exchange) {
    var response = new CompletableFuture<Response>();
    Thread.ofPlatform()
        .daemon()
        .name("request")
        .start(() -> {
          try {
            response.complete(exchange.send());
          } catch (NoDaemonException | RuntimeException e) {
            response.completeExceptionally(e);
          }
        });
    return response;
  }

  private static boolean endsWithin(Duration time, CompletableFuture<?>... any) {
    try {
      CompletableFuture.anyOf(any).get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException _) {
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Response result(CompletableFuture<Response> response) throws NoDaemonException {
    try {
      return response.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case NoDaemonException none -> throw none;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static JvaultException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new JvaultException(ExitCode.INTERRUPTED, "The wait was interrupted; try again.", e);
  }
}
