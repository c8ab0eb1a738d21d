package dev.jvault.sso;

/** How a person logs in. */
public enum AuthorizationFlow {
  /**
   * In a browser on this machine, which is sent back to jvault with a code: the authorization code
   * grant with PKCE (RFC 6749, 7636, 8252).
   */
  BROWSER,
  /** In a browser anywhere, into which a short code is typed: the device grant (RFC 8628). */
  DEVICE_CODE
}
