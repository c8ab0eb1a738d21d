package dev.jvault.vault;

import static dev.jvault.vault.JavaKeyring.INSTEAD;
import static dev.jvault.vault.JavaKeyring.trouble;

import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs one call to the keyring at a time, each on a thread of its own and with a time limit,
 * because java-keyring is not thread-safe and may block for ever.
 */
final class KeyringExecutor {
  private final Semaphore free = new Semaphore(1);
  private final Duration limit;

  KeyringExecutor(Duration limit) {
    this.limit = limit;
  }

  /** Runs one call on a daemon thread, which stays behind if the keyring never results. */
  <T> @Nullable T run(Callable<@Nullable T> call) {
    try {
      if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw trouble("The keyring is still busy with an earlier request; answer it first.", null);
      }
      BlockingQueue<Result<T>> results = new ArrayBlockingQueue<>(1);
      Thread.ofPlatform()
          .daemon()
          .name("keyring")
          .start(() -> {
            try {
              results.add(Result.of(call));
            } finally {
              free.release();
            }
          });
      Result<T> result = results.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (result == null) {
        throw trouble(
            "The keyring did not answer within %d seconds; unlock it and try again"
                    .formatted(limit.toSeconds())
                + INSTEAD
                + ".",
            null);
      }
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trouble("The request to the keyring was interrupted; try again.", e);
    }
  }

  /** The value or the exception of a call on another thread. */
  private record Result<T>(@Nullable T value, @Nullable JvaultException fault) {
    static <T> Result<T> of(Callable<@Nullable T> call) {
      try {
        return new Result<>(call.call(), null);
      } catch (JvaultException e) {
        return new Result<>(null, e);
      } catch (Exception | LinkageError e) {
        return new Result<>(null, trouble("The keyring cannot be used here" + INSTEAD + ".", e));
      }
    }

    @Nullable T get() {
      if (fault != null) {
        throw fault;
      }
      return value;
    }

    @Override
    public String toString() {
      return "Result";
    }
  }
}
