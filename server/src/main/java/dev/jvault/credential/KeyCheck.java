package dev.jvault.credential;

/** What AWS says of a long-lived key ({@code GetCallerIdentity}). */
public sealed interface KeyCheck {
  /**
   * AWS knows the key.
   *
   * @param account twelve digits
   * @param arn the user
   */
  record Known(String account, String arn) implements KeyCheck {}

  /** AWS does not know the ID, at this endpoint and at this moment. */
  record UnknownId() implements KeyCheck {}

  /** AWS knows the ID, and the secret is not the one that belongs to it. */
  record WrongSecret() implements KeyCheck {}

  /**
   * AWS gave no answer that says anything about the key.
   *
   * @param sentence why
   */
  record Unchecked(String sentence) implements KeyCheck {}
}
