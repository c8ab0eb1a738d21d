package dev.jvault.sso;

import dev.jvault.browser.BrowserCommand;
import dev.jvault.browser.ShortAddresses;
import dev.jvault.http.Caller;
import dev.jvault.http.PortTakenException;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.OidcClient;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import dev.jvault.sso.RedirectListener.AuthorizationResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Logs in with a browser on this machine: the authorization code flow with PKCE, with the
 * parameters of the AWS CLI.
 */
final class AuthorizationCodeLogin {
  private final SsoOidc oidc;
  private final Duration limit;
  private final Caller.Lookup callers;
  private final SecureRandom random = new SecureRandom();

  /**
   * A login of this kind.
   *
   * @param limit how long the user may take
   * @param callers looks up who opens its pages
   */
  AuthorizationCodeLogin(SsoOidc oidc, Duration limit, Caller.Lookup callers) {
    this.oidc = oidc;
    this.limit = limit;
    this.callers = callers;
  }

  LoginAttempt attempt(
      SsoSession session,
      OidcClient client,
      OptionalInt port,
      Optional<BrowserCommand> browser,
      Consumer<String> tell)
      throws InterruptedException {
    Secret state = Pkce.text(random);
    Pkce pkce = Pkce.random(random);
    try (var listener = new RedirectListener(port, state, callers)) {
      String address = address(session, client, listener.uri(), state, pkce);
      show(session, address, listener.addresses(), browser, tell);
      Optional<AuthorizationResponse> response = listener.await(limit);
      if (response.isEmpty()) {
        return new LoginAttempt.Ended(
            new LoginResult.GivenUp(
                "The login was not completed within %d minutes; run `jvault sso login %s` again."
                    .formatted(limit.toMinutes(), session.name())));
      }
      return switch (response.get()) {
        case AuthorizationResponse.Refused(String error) ->
            new LoginAttempt.Ended(failed(session, error));
        case AuthorizationResponse.Code(Secret code) ->
            token(
                session,
                client,
                new AuthorizationGrant.AuthorizationCode(code, listener.uri(), pkce.verifier()));
      };
    } catch (PortTakenException e) {
      throw new JvaultException(
          ExitCode.FAULT,
          port.isPresent()
              ? "Port %d of 127.0.0.1, to which the browser returns, is taken; name another with --redirect-port or jvault_redirect_port, or use --device-code."
                  .formatted(port.getAsInt())
              : "jvault cannot listen on 127.0.0.1 for the browser; use --device-code.",
          e);
    }
  }

  /** As the AWS CLI does, this says {@code scopes}, not {@code scope} as OAuth has it. */
  private String address(
      SsoSession session, OidcClient client, String redirectUri, Secret state, Pkce pkce) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("client_id", client.id());
    parameters.put("redirect_uri", redirectUri);
    parameters.put("state", state.reveal());
    parameters.put("code_challenge_method", "S256");
    parameters.put("scopes", String.join(" ", session.scopes()));
    parameters.put("code_challenge", pkce.challenge());
    return parameters.entrySet().stream()
        .map(AuthorizationCodeLogin::pair)
        .collect(Collectors.joining("&", oidc.authorizePage(session) + "?", ""));
  }

  private static String pair(Map.Entry<String, String> parameter) {
    String value = URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8);
    return parameter.getKey() + "=" + value.replace("+", "%20");
  }

  private static void show(
      SsoSession session,
      String page,
      ShortAddresses addresses,
      Optional<BrowserCommand> browser,
      Consumer<String> tell)
      throws InterruptedException {
    tell.accept(
        browser.isPresent()
            ? "The login page of %s opens in your browser; if it does not, open this address:"
                .formatted(session.name())
            : "To log in to %s, open this address in a browser on this machine:"
                .formatted(session.name()));
    // A terminal that opens an address shows it in a command line too, so it gets no other.
    tell.accept(addresses.lasting(page));
    if (browser.isPresent() && !browser.get().open(addresses.once(page))) {
      tell.accept("No browser could be started; open the address yourself.");
    }
  }

  private static LoginResult failed(SsoSession session, String error) {
    if (error.equals("access_denied")) {
      return new LoginResult.Refused(
          "The login to " + session.name() + " was refused on its page; log in again to allow it.");
    }
    String named = error.matches("[a-z_]{1,40}") ? " (" + error + ")" : "";
    return new LoginResult.Refused(
        "The login page of "
            + session.name()
            + " sent the browser back without a code"
            + named
            + "; check sso_start_url, sso_region and sso_registration_scopes.");
  }

  private LoginAttempt token(SsoSession session, OidcClient client, AuthorizationGrant grant) {
    return switch (oidc.token(session, client, grant)) {
      case OidcResponse.Success<SsoToken>(SsoToken token) -> new LoginAttempt.Authorized(token);
      case OidcResponse.Failure<SsoToken> failure -> LoginAttempt.failed(failure);
    };
  }
}
