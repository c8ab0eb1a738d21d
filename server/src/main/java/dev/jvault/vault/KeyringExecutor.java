package dev.jvault.vault;

import static dev.jvault.vault.OsKeyring.INSTEAD;
import static dev.jvault.vault.OsKeyring.trouble;

import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question to the keyring at a time, each on a thread of its own and given up after a limit:
 * java-keyring is not safe for use by several threads, and may wait for ever.
 */
final class KeyringExecutor {
  private final Semaphore free = new Semaphore(1);
  private final Duration limit;

  KeyringExecutor(Duration limit) {
    this.limit = limit;
  }

  /** Runs one call, on a daemon thread that is left behind if the keyring never answers. */
  <T> @Nullable T take(Callable<@Nullable T> call) {
    try {
      if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw trouble("The keyring is still busy with an earlier question; answer it first.", null);
      }
      BlockingQueue<Answer<T>> answers = new ArrayBlockingQueue<>(1);
      Thread.ofPlatform()
          .daemon()
          .name("keyring")
          .start(() -> {
            try {
              answers.add(Answer.of(call));
            } finally {
              free.release();
            }
          });
      Answer<T> answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw trouble(
            "The keyring did not answer within %d seconds; unlock it and try again"
                    .formatted(limit.toSeconds())
                + INSTEAD
                + ".",
            null);
      }
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trouble("The question to the keyring was interrupted; try again.", e);
    }
  }

  /** The value or the fault of a call on another thread. */
  private record Answer<T>(@Nullable T value, @Nullable JvaultException fault) {
    static <T> Answer<T> of(Callable<@Nullable T> call) {
      try {
        return new Answer<>(call.call(), null);
      } catch (JvaultException e) {
        return new Answer<>(null, e);
      } catch (Exception | LinkageError e) {
        return new Answer<>(null, trouble("The keyring cannot be used here" + INSTEAD + ".", e));
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
      return "Answer";
    }
  }
}
