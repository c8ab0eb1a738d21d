package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request on a thread of its own, because a daemon that hangs takes the connection and never
 * answers. The thread does not keep the client from ending.
 */
final class BackgroundRequest<T> {
  /** Sends a request and returns what came of it. */
  @FunctionalInterface
  interface Exchange<T> {
    T send() throws NoDaemonException;
  }

  private final CompletableFuture<T> response = new CompletableFuture<>();

  private BackgroundRequest() {}

  static <T> BackgroundRequest<T> start(Exchange<T> exchange) {
    var request = new BackgroundRequest<T>();
    Thread.ofPlatform().daemon().name("request").start(() -> request.run(exchange));
    return request;
  }

  private void run(Exchange<T> exchange) {
    try {
      response.complete(exchange.send());
    } catch (NoDaemonException | RuntimeException | Error e) {
      response.completeExceptionally(e);
    }
  }

  /** Waits; false if it has neither a response nor a failure after that time. */
  boolean endsWithin(Duration time) {
    return endsWithin(time, response);
  }

  /** Waits for the end of this request or the response to the other, whose failure is ignored. */
  boolean endsWithin(Duration time, BackgroundRequest<?> other) {
    var answered = new CompletableFuture<Void>();
    var _ = other.response.thenRun(() -> answered.complete(null));
    return endsWithin(time, CompletableFuture.anyOf(response, answered));
  }

  /** The response; waits for it. */
  T result() throws NoDaemonException {
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

  private static boolean endsWithin(Duration time, CompletableFuture<?> end) {
    try {
      var _ = end.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException _) {
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** What an interrupted wait ends with. */
  static JvaultException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new JvaultException(ExitCode.INTERRUPTED, "The wait was interrupted; try again.", e);
  }
}
