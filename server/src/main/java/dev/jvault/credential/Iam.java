package dev.jvault.credential;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SigningCredentials;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The access keys of an IAM user. A failure of AWS or the network is an answer with one sentence,
 * never an exception. A call blocks for at most half a minute.
 */
public interface Iam {
  /** Makes a new key ({@code iam:CreateAccessKey}). */
  Answer<NewKey> create(Caller caller);

  /** The user's keys ({@code iam:ListAccessKeys}); AWS allows two. */
  Answer<List<ListedKey>> list(Caller caller);

  /** Makes a key inactive ({@code iam:UpdateAccessKey}). */
  Answer<Nothing> deactivate(Caller caller, String accessKeyId);

  /** Deletes a key ({@code iam:DeleteAccessKey}). */
  Answer<Nothing> delete(Caller caller, String accessKeyId);

  /**
   * Who asks.
   *
   * @param signer the user's key, or a session of it
   * @param userName empty for the root user
   * @param target where IAM is asked
   */
  record Caller(SigningCredentials signer, Optional<String> userName, ServiceTarget target) {}

  /** What IAM answers. */
  sealed interface Answer<T> {
    /** IAM did it. */
    record Done<T>(T value) implements Answer<T> {}

    /**
     * IAM did not do it, or it is unknown whether it did.
     *
     * @param sentence what is wrong and what to do
     */
    record Failed<T>(Fault fault, String sentence) implements Answer<T> {}
  }

  /** The kinds of failure. */
  enum Fault {
    /** A policy does not allow it, or only with MFA. */
    NOT_ALLOWED,
    /** The user has two keys already. */
    TWO_KEYS,
    /** There is no such key, or no longer. */
    NO_SUCH_KEY,
    /** AWS does not know the key that signed, which is usual for some seconds if it is new. */
    UNKNOWN_SIGNER,
    /** AWS refuses it for another reason. */
    REFUSED,
    /** There is no answer; it may be done or not. */
    UNAVAILABLE
  }

  /** A key that IAM has made, and when, by AWS's clock. */
  record NewKey(AccessKey key, Instant created) {}

  /** A key as IAM lists it. */
  record ListedKey(String accessKeyId, boolean active, Instant created) {}

  /** No value. */
  record Nothing() {}
}
