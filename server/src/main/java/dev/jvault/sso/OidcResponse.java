package dev.jvault.sso;

/** The closed set of answers of {@link SsoOidc}. */
public sealed interface OidcResponse<T> {
  /** What was asked for. */
  record Given<T>(T value) implements OidcResponse<T> {}

  /**
   * It was not given.
   *
   * @param sentence what is wrong and what to do next
   */
  record Refused<T>(Refusal refusal, String sentence) implements OidcResponse<T> {}

  /** Why it was not given. */
  enum Refusal {
    /** The person has not decided yet. */
    PENDING,
    /** The same, and it was asked too often. */
    SLOW_DOWN,
    /** The code for the other device has come to its end. */
    EXPIRED,
    /** The person has said no. */
    DENIED,
    /** The code or refresh token counts no more. */
    INVALID_GRANT,
    /** The client's registration counts no more. */
    INVALID_CLIENT,
    /** The request is wrong in itself: a scope, the start URL, the region. */
    REJECTED,
    /** No answer this time. */
    UNAVAILABLE
  }
}
