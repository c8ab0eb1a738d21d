package dev.jvault.sso;

/** The OAuth flow in which a user logs in. */
public enum AuthorizationFlow {
  /**
   * In a browser on this machine, which returns to jvault with a code: the authorization code grant
   * with PKCE (RFC 6749, 7636, 8252).
   */
  BROWSER,
  /**
   * In a browser on any device, in which the user enters a short code: the device grant (RFC 8628).
   */
  DEVICE_CODE
}
