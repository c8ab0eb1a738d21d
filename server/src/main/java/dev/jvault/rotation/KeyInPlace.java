package dev.jvault.rotation;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.SigningCredentials;

/** A stored key that is rotated, and what its verb does for the rotation. */
public interface KeyInPlace {
  /** The key's name in the vault. */
  String name();

  /** Where AWS is asked whose a key is. */
  ServiceTarget sts();

  /** Where AWS is asked for keys. */
  ServiceTarget iam();

  /**
   * What signs calls of IAM now: the key in use, or its session with MFA if the profile has a
   * device. May ask the user for a code.
   *
   * @throws dev.jvault.protocol.JvaultException if there is no such session
   */
  SigningCredentials signer();

  /** Whether {@link #signer} has used MFA. */
  boolean mfa();

  /** Forgets the sessions that the old key made. */
  void dropSessions();

  /** Shows the user how far the rotation is. */
  void tell(String line);
}
