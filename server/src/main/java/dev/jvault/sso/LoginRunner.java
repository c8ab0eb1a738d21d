package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import dev.jvault.vault.StoredLogin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A login from the registration of a client to the token, which is then kept. */
final class LoginRunner {
  /** A registration that ends during the login would be of no use. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final SsoOidc oidc;
  private final LoginStore store;
  private final AccessTokens tokens;
  private final InstantSource clock;
  private final AuthorizationCodeLogin byCode;
  private final DeviceLogin byDevice;

  /**
   * Logins.
   *
   * @param patience with the person
   */
  LoginRunner(
      SsoOidc oidc,
      LoginStore store,
      AccessTokens tokens,
      InstantSource clock,
      LoginTimeout patience) {
    this.oidc = oidc;
    this.store = store;
    this.tokens = tokens;
    this.clock = clock;
    this.byCode = new AuthorizationCodeLogin(oidc, patience.limit());
    this.byDevice = new DeviceLogin(oidc, clock, patience);
  }

  /** Logs somebody in; a client that AWS has forgotten is registered anew, once. */
  LoginResult run(
      SsoSession session, LoginOptions options, Map<String, String> helper, Consumer<String> say)
      throws InterruptedException {
    options.reason().ifPresent(say);
    Optional<OidcClient> known = known(session, options.manner());
    if (known.isPresent()) {
      LoginAttempt step = attempt(session, known.get(), options, helper, say);
      if (!(step instanceof LoginAttempt.ClientUnknown)) {
        return end(session, known.get(), options.manner(), step);
      }
      say.accept("AWS has forgotten this jvault in the meantime; the login begins once more.");
    }
    return switch (oidc.register(session, options.manner())) {
      case OidcResponse.Given<OidcClient>(OidcClient client) ->
          end(session, client, options.manner(), attempt(session, client, options, helper, say));
      case OidcResponse.Refused<OidcClient> refused -> end(session, LoginAttempt.refused(refused));
    };
  }

  private Optional<OidcClient> known(SsoSession session, AuthorizationFlow manner) {
    return store
        .find(LoginKey.of(session))
        .map(StoredLogin::client)
        .filter(client -> client.terms().equals(LoginKey.terms(session, manner)))
        .filter(client -> client.expires().isAfter(clock.instant().plus(MARGIN)))
        .map(OidcClient::of);
  }

  private LoginAttempt attempt(
      SsoSession session,
      OidcClient client,
      LoginOptions options,
      Map<String, String> helper,
      Consumer<String> say)
      throws InterruptedException {
    Optional<BrowserCommand> browser =
        options.openBrowser()
            ? Optional.of(new BrowserCommand(helper, System.getProperty("os.name", "")))
            : Optional.empty();
    return switch (options.manner()) {
      case BROWSER -> byCode.attempt(session, client, browser, say);
      case DEVICE_CODE -> byDevice.attempt(session, client, browser, say);
    };
  }

  private LoginResult end(
      SsoSession session, OidcClient client, AuthorizationFlow manner, LoginAttempt step) {
    return step instanceof LoginAttempt.Token(IssuedToken token)
        ? tokens.loggedIn(session, client, manner, token)
        : end(session, step);
  }

  private static LoginResult end(SsoSession session, LoginAttempt step) {
    return switch (step) {
      case LoginAttempt.Over(LoginResult result) -> result;
      case LoginAttempt.ClientUnknown _ ->
          new LoginResult.Refused(
              "AWS does not know the client that it has just registered; check sso_region of "
                  + session.name()
                  + ".");
      case LoginAttempt.Token _ -> throw new IllegalStateException("a token is kept");
    };
  }
}
