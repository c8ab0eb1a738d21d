package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import java.net.URI;

/** What a login is kept under: everything that makes its token another one. */
final class LoginKey {
  private LoginKey() {}

  static String of(SsoSession session) {
    return String.join(
        " ",
        session.startUrl().toString(),
        session.region(),
        session.oidc().endpoint().map(URI::toString).orElse("-"),
        session.name());
  }

  /** What a client is registered for. */
  static String terms(SsoSession session, AuthorizationFlow manner) {
    return manner + " " + String.join(",", session.scopes());
  }
}
