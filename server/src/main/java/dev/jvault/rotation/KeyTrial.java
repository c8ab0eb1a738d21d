package dev.jvault.rotation;

import dev.jvault.clock.Sleeper;
import dev.jvault.credential.Iam;
import dev.jvault.credential.Iam.Answer;
import dev.jvault.credential.Iam.Answer.Failed;
import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Sts;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries a new key until all of AWS knows it, for a minute at most. */
final class KeyTrial {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_TRIES = 30;

  private final Sts sts;
  private final Sleeper sleeper;

  KeyTrial(Sts sts, Sleeper sleeper) {
    this.sts = sts;
    this.sleeper = sleeper;
  }

  /**
   * Waits until STS knows the key.
   *
   * @return how long that took
   * @throws JvaultException if it still does not after a minute
   */
  Duration known(AccessKey made, KeyInPlace key) {
    Optional<String> why = Optional.empty();
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      switch (sts.whose(made, key.sts())) {
        case KeyCheck.Known _ -> {
          return PAUSE.multipliedBy(tries);
        }
        case KeyCheck.Unchecked(String sentence) -> why = Optional.of(sentence);
        // AWS may know the ID a moment before the secret.
        case KeyCheck.UnknownId _, KeyCheck.WrongSecret _ -> why = Optional.empty();
      }
      if (tries == 0) {
        key.tell("AWS does not know the new key yet; trying it for up to a minute");
      }
      pause(key);
    }
    throw RotationErrors.notKnown(made.accessKeyId(), why, key);
  }

  /** Makes a call that a new key signs, until IAM knows the key. */
  <T> Answer<T> patiently(Supplier<Answer<T>> call, KeyInPlace key) {
    Answer<T> answer = call.get();
    for (int tries = 1; isUnknown(answer) && tries < MOST_TRIES; tries++) {
      pause(key);
      answer = call.get();
    }
    return answer;
  }

  private static boolean isUnknown(Answer<?> answer) {
    return answer instanceof Failed<?> failed && failed.fault() == Iam.Fault.UNKNOWN_SIGNER;
  }

  private void pause(KeyInPlace key) {
    try {
      sleeper.last(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new JvaultException(
          ExitCode.INTERRUPTED,
          "The rotation has stopped; `jvault rotate %s` goes on with it.".formatted(key.name()));
    }
  }
}
