package dev.jvault.sso;

/** The closed set of answers of {@link SsoOidc}. */
public sealed interface OidcResponse<T> {
  /** The request succeeded. */
  record Success<T>(T value) implements OidcResponse<T> {}

  /**
   * The request failed.
   *
   * @param sentence what is wrong and what to do next
   */
  record Failure<T>(ErrorCode code, String sentence) implements OidcResponse<T> {}

  /** The error codes of OAuth 2.0 (RFC 6749, 8628) as far as jvault tells them apart. */
  enum ErrorCode {
    /** The user has not decided yet. */
    AUTHORIZATION_PENDING,
    /** The user has not decided yet, and jvault polled too often. */
    SLOW_DOWN,
    /** The device code has expired. */
    EXPIRED_TOKEN,
    /** The user refused. */
    ACCESS_DENIED,
    /** The authorization code or refresh token is no longer valid. */
    INVALID_GRANT,
    /** The client's registration is no longer valid. */
    INVALID_CLIENT,
    /** The request itself is wrong: a scope, the start URL or the region. */
    INVALID_REQUEST,
    /** There was no usable answer; a later attempt may succeed. */
    UNAVAILABLE
  }
}
