package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A login in a browser on this machine: authorization code with PKCE, as the AWS CLI does it. */
final class AuthorizationCodeLogin {
  private final SsoOidc oidc;
  private final Duration limit;
  private final SecureRandom random = new SecureRandom();

  /**
   * Logins of a kind.
   *
   * @param limit how long the person may take
   */
  AuthorizationCodeLogin(SsoOidc oidc, Duration limit) {
    this.oidc = oidc;
    this.limit = limit;
  }

  LoginAttempt attempt(
      SsoSession session, OidcClient client, Optional<BrowserCommand> browser, Consumer<String> say)
      throws InterruptedException {
    Secret state = Pkce.text(random);
    Pkce pkce = Pkce.random(random);
    try (var listener = new RedirectListener(state)) {
      String address = address(session, client, listener.uri(), state, pkce);
      tell(session, address, browser, say);
      Optional<Redirect> redirect = listener.await(limit);
      if (redirect.isEmpty()) {
        return new LoginAttempt.Over(
            new LoginResult.GivenUp(
                "Nobody has logged in within %d minutes; run `jvault sso login %s` again."
                    .formatted(limit.toMinutes(), session.name())));
      }
      return switch (redirect.get()) {
        case Redirect.Failed(String error) -> new LoginAttempt.Over(failed(session, error));
        case Redirect.Code(Secret code) ->
            token(
                session,
                client,
                new AuthorizationGrant.AuthorizationCode(code, listener.uri(), pkce.verifier()));
      };
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.FAULT,
          "No port of 127.0.0.1 can be listened on for the browser; use --device-code.",
          e);
    }
  }

  /** The parameters of the AWS CLI, whose name for the scopes is its own. */
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

  private static void tell(
      SsoSession session, String address, Optional<BrowserCommand> browser, Consumer<String> say)
      throws InterruptedException {
    say.accept(
        browser.isPresent()
            ? "The login page of %s opens in your browser; if it does not, open this address:"
                .formatted(session.name())
            : "To log in to %s, open this address in a browser on this machine:"
                .formatted(session.name()));
    say.accept(address);
    if (browser.isPresent() && !browser.get().open(address)) {
      say.accept("No browser could be started; open the address yourself.");
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
      case OidcResponse.Given<IssuedToken>(IssuedToken token) -> new LoginAttempt.Token(token);
      case OidcResponse.Refused<IssuedToken> refused -> LoginAttempt.refused(refused);
    };
  }
}
