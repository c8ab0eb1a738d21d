package dev.jvault.control;

import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A question of a conversation, from its event to its end. It ends once; what comes later is
 * dropped.
 */
final class AskedQuestion {
  /** How a question ended. */
  enum End {
    /** The client has sent the answer, or has given up. */
    ANSWERED,
    /** It needs no answer any more, another command asks it, or no answer came in time. */
    WITHDRAWN,
    /** The daemon stops. */
    STOPPED
  }

  private record Result(End end, Optional<Secret> answer) {}

  private final int number;
  private final CompletableFuture<Result> result = new CompletableFuture<>();

  AskedQuestion(int number) {
    this.number = number;
  }

  /** Its place among the questions of its conversation, from 1. */
  int number() {
    return number;
  }

  /** Ends it with the user's answer; empty if the user gave up. */
  void answer(Optional<Secret> answer) {
    result.complete(new Result(End.ANSWERED, answer));
  }

  /** Ends it without an answer. */
  void withdraw() {
    result.complete(new Result(End.WITHDRAWN, Optional.empty()));
  }

  /** Ends it because the daemon stops. */
  void stop() {
    result.complete(new Result(End.STOPPED, Optional.empty()));
  }

  /** Waits for its end. */
  End end() throws InterruptedException {
    try {
      return result.get().end();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question ends with a result", e);
    }
  }

  /**
   * Waits for the answer; withdraws the question if there is none in time.
   *
   * @param clientAlive is checked every second; without a client there is no answer
   * @return the answer; empty if there is none
   */
  Optional<Secret> await(Duration longest, BooleanSupplier clientAlive) {
    try {
      for (long second = 0; second < longest.toSeconds() && clientAlive.getAsBoolean(); second++) {
        try {
          return result.get(1, TimeUnit.SECONDS).answer();
        } catch (TimeoutException _) {
          // The client is checked again.
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question ends with a result", e);
    }
    withdraw();
    return result.join().answer();
  }
}
