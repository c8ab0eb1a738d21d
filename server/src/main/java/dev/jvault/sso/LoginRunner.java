package dev.jvault.sso;

import dev.jvault.browser.BrowserCommand;
import dev.jvault.clock.Clocks;
import dev.jvault.clock.Sleeper;
import dev.jvault.http.Caller;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.NotifySocket;
import dev.jvault.secret.OidcClient;
import dev.jvault.secret.SsoToken;
import dev.jvault.vault.StoredLogin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a whole login: registers a client if needed, has the user authorize it, and keeps the token.
 */
final class LoginRunner {
  /** A registration that might end during the login is not used. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final SsoOidc oidc;
  private final LoginStore store;
  private final AccessTokens tokens;
  private final Clocks clock;
  private final AuthorizationCodeLogin codeLogin;
  private final DeviceLogin deviceLogin;

  /**
   * A runner whose logins end after a time-out.
   *
   * @param callers looks up who opens the pages of a login
   */
  LoginRunner(
      SsoOidc oidc,
      LoginStore store,
      AccessTokens tokens,
      Clocks clock,
      Timeout timeout,
      Caller.Lookup callers) {
    this.oidc = oidc;
    this.store = store;
    this.tokens = tokens;
    this.clock = clock;
    this.codeLogin = new AuthorizationCodeLogin(oidc, timeout.limit(), callers);
    this.deviceLogin = new DeviceLogin(oidc, clock.steadySource(), timeout, callers);
  }

  /**
   * Logs the user in. Registers a new client, once, if AWS no longer knows the stored one.
   *
   * @param helper the caller's helper variables, for the browser
   * @param tell shows the user a line
   */
  LoginResult run(
      SsoSession session, LoginOptions options, Map<String, String> helper, Consumer<String> tell)
      throws InterruptedException {
    options.reason().ifPresent(tell);
    Optional<OidcClient> known = registered(session, options.flow());
    if (known.isPresent()) {
      LoginAttempt attempt = attempt(session, known.get(), options, helper, tell);
      if (!(attempt instanceof LoginAttempt.ClientUnknown)) {
        return result(session, known.get(), options.flow(), attempt);
      }
      tell.accept("AWS has forgotten this jvault in the meantime; the login starts again.");
    }
    return switch (oidc.register(session, options.flow())) {
      case OidcResponse.Success<OidcClient>(OidcClient client) ->
          result(session, client, options.flow(), attempt(session, client, options, helper, tell));
      case OidcResponse.Failure<OidcClient> failure ->
          resultWithoutToken(session, LoginAttempt.failed(failure));
    };
  }

  private Optional<OidcClient> registered(SsoSession session, AuthorizationFlow flow) {
    return store
        .find(session)
        .filter(login -> login.terms().equals(LoginStore.terms(session, flow)))
        .map(StoredLogin::client)
        .filter(client -> client.expires().isAfter(clock.instant().plus(MARGIN)));
  }

  private LoginAttempt attempt(
      SsoSession session,
      OidcClient client,
      LoginOptions options,
      Map<String, String> helper,
      Consumer<String> tell)
      throws InterruptedException {
    Optional<BrowserCommand> browser =
        options.openBrowser()
            ? Optional.of(
                new BrowserCommand(
                    helper, System.getProperty("os.name", ""), NotifySocket.isSet(System.getenv())))
            : Optional.empty();
    return switch (options.flow()) {
      case BROWSER -> codeLogin.attempt(session, client, options.redirectPort(), browser, tell);
      case DEVICE_CODE -> deviceLogin.attempt(session, client, browser, tell);
    };
  }

  private LoginResult result(
      SsoSession session, OidcClient client, AuthorizationFlow flow, LoginAttempt attempt) {
    return attempt instanceof LoginAttempt.Authorized(SsoToken token)
        ? tokens.keep(session, client, flow, token)
        : resultWithoutToken(session, attempt);
  }

  private static LoginResult resultWithoutToken(SsoSession session, LoginAttempt attempt) {
    return switch (attempt) {
      case LoginAttempt.Ended(LoginResult result) -> result;
      case LoginAttempt.ClientUnknown _ ->
          new LoginResult.Refused(
              "AWS does not know the client that it has just registered; check sso_region of "
                  + session.name()
                  + ".");
      case LoginAttempt.Authorized _ -> throw new IllegalStateException("the token was not kept");
    };
  }

  /**
   * How long the user may take to log in.
   *
   * @param limit for the whole login
   * @param sleeper waits between two requests for the token of a device code
   */
  record Timeout(Duration limit, Sleeper sleeper) {}
}
