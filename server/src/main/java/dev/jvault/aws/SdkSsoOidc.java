package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.Secret;
import dev.jvault.sso.AuthorizationFlow;
import dev.jvault.sso.AuthorizationGrant;
import dev.jvault.sso.DeviceAuthorization;
import dev.jvault.sso.IssuedToken;
import dev.jvault.sso.OidcClient;
import dev.jvault.sso.OidcResponse;
import dev.jvault.sso.OidcResponse.Given;
import dev.jvault.sso.OidcResponse.Refusal;
import dev.jvault.sso.OidcResponse.Refused;
import dev.jvault.sso.SsoOidc;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.auth.scheme.SsoOidcAuthSchemeProvider;
import software.amazon.awssdk.services.ssooidc.model.AccessDeniedException;
import software.amazon.awssdk.services.ssooidc.model.AuthorizationPendingException;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.ExpiredTokenException;
import software.amazon.awssdk.services.ssooidc.model.InvalidClientException;
import software.amazon.awssdk.services.ssooidc.model.InvalidGrantException;
import software.amazon.awssdk.services.ssooidc.model.InvalidScopeException;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientRequest;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientResponse;
import software.amazon.awssdk.services.ssooidc.model.SlowDownException;
import software.amazon.awssdk.services.ssooidc.model.StartDeviceAuthorizationResponse;
import software.amazon.awssdk.services.ssooidc.model.UnauthorizedClientException;

/** SSO-OIDC through the AWS SDK. Safe for many threads, virtual ones too. */
public final class SdkSsoOidc implements SsoOidc, AutoCloseable {
  private static final int LONGEST_NAME = 60;

  /** RFC 8628, section 3.2. */
  private static final int USUAL_INTERVAL = 5;

  private final SdkClients<SsoOidcClient> clients;
  private final SsoCalls<SsoOidcClient> calls;

  /**
   * SSO-OIDC with the usual limits.
   *
   * @param skew is kept up to date with every answer
   */
  public SdkSsoOidc(InstantSource clock, ClockSkew skew) {
    this(clock, skew, CallLimits.USUAL);
  }

  SdkSsoOidc(InstantSource clock, ClockSkew skew, CallLimits limits) {
    var settings = new SdkSettings(clock, skew, limits);
    this.clients =
        new SdkClients<>((target, endpoint) ->
            settings
                .apply(SsoOidcClient.builder(), target, endpoint)
                .authSchemeProvider(SsoOidcAuthSchemeProvider.defaultProvider())
                .build());
    this.calls = new SsoCalls<>(AwsService.SSO_OIDC, clients, limits);
  }

  @Override
  public URI authorizePage(SsoSession session) {
    URI endpoint = ServiceEndpoint.of(AwsService.SSO_OIDC, session.oidc()).url();
    return URI.create(endpoint.toString().replaceFirst("/+$", "") + "/authorize");
  }

  @Override
  public OidcResponse<OidcClient> register(SsoSession session, AuthorizationFlow manner) {
    RegisterClientRequest.Builder request =
        RegisterClientRequest.builder().clientName(clientName(session)).clientType("public");
    if (!session.scopes().isEmpty()) {
      request.scopes(session.scopes());
    }
    if (manner == AuthorizationFlow.BROWSER) {
      request
          .grantTypes("authorization_code", "refresh_token")
          .redirectUris(REDIRECT_URI)
          .issuerUrl(session.startUrl().toString());
    }
    return ask(
        session, "register", client -> registered(client.registerClient(request.build()), session));
  }

  @Override
  public OidcResponse<DeviceAuthorization> startDevice(SsoSession session, OidcClient known) {
    return ask(
        session,
        "begin a login",
        client ->
            device(
                client.startDeviceAuthorization(request ->
                    request
                        .clientId(known.id())
                        .clientSecret(known.secret().reveal())
                        .startUrl(session.startUrl().toString())),
                session));
  }

  @Override
  public OidcResponse<IssuedToken> token(
      SsoSession session, OidcClient known, AuthorizationGrant proof) {
    CreateTokenRequest.Builder request =
        CreateTokenRequest.builder().clientId(known.id()).clientSecret(known.secret().reveal());
    switch (proof) {
      case AuthorizationGrant.AuthorizationCode(Secret code, String redirectUri, Secret verifier) ->
          request
              .grantType("authorization_code")
              .code(code.reveal())
              .redirectUri(redirectUri)
              .codeVerifier(verifier.reveal());
      case AuthorizationGrant.DeviceCode(Secret code) ->
          request
              .grantType("urn:ietf:params:oauth:grant-type:device_code")
              .deviceCode(code.reveal());
      case AuthorizationGrant.RefreshToken(Secret token) ->
          request.grantType("refresh_token").refreshToken(token.reveal());
    }
    return ask(
        session, "get a token", client -> token(client.createToken(request.build()), session));
  }

  @Override
  public void close() {
    clients.close();
  }

  private <T> OidcResponse<T> ask(
      SsoSession session, String what, Function<SsoOidcClient, OidcResponse<T>> call) {
    return calls.ask(session.oidc(), call, e -> refused(e, session, what), SdkSsoOidc::unavailable);
  }

  private static OidcResponse<OidcClient> registered(
      RegisterClientResponse answer, SsoSession session) {
    return answer.clientId() == null
            || answer.clientSecret() == null
            || answer.clientSecretExpiresAt() == null
        ? incomplete(session)
        : new Given<>(
            new OidcClient(
                answer.clientId(),
                Secret.of(answer.clientSecret()),
                Instant.ofEpochSecond(answer.clientSecretExpiresAt())));
  }

  private static OidcResponse<DeviceAuthorization> device(
      StartDeviceAuthorizationResponse answer, SsoSession session) {
    String page = web(answer.verificationUri());
    String pageWithCode = web(answer.verificationUriComplete());
    if (answer.deviceCode() == null
        || answer.userCode() == null
        || !answer.userCode().matches("[\\x21-\\x7e]{1,40}")
        || page.isEmpty()) {
      return incomplete(session);
    }
    return new Given<>(
        new DeviceAuthorization(
            Secret.of(answer.deviceCode()),
            answer.userCode(),
            page,
            pageWithCode.isEmpty() ? page : pageWithCode,
            seconds(answer.expiresIn(), 600),
            seconds(answer.interval(), USUAL_INTERVAL)));
  }

  private static OidcResponse<IssuedToken> token(CreateTokenResponse answer, SsoSession session) {
    return answer.accessToken() == null || answer.expiresIn() == null || answer.expiresIn() <= 0
        ? incomplete(session)
        : new Given<>(
            new IssuedToken(
                Secret.of(answer.accessToken()),
                Optional.ofNullable(answer.refreshToken()).map(Secret::of),
                Duration.ofSeconds(answer.expiresIn())));
  }

  /** An address that a browser may be sent to; empty for any other text. */
  private static String web(@Nullable String address) {
    return address != null && address.matches("https?://[\\x21-\\x7e]{1,2000}") ? address : "";
  }

  private static Duration seconds(@Nullable Integer given, int otherwise) {
    return Duration.ofSeconds(given == null || given <= 0 ? otherwise : given);
  }

  private static <T> OidcResponse<T> unavailable(String sentence) {
    return new Refused<>(Refusal.UNAVAILABLE, sentence);
  }

  private static <T> OidcResponse<T> incomplete(SsoSession session) {
    return unavailable(
        "IAM Identity Center ("
            + host(session.oidc())
            + ") answered something that is not its own; check endpoint_url, and that no proxy or"
            + " login page is in the way.");
  }

  private static String host(ServiceTarget target) {
    return ServiceEndpoint.of(AwsService.SSO_OIDC, target).host();
  }

  /** Without AWS's own words, which may repeat what was sent. */
  private static <T> OidcResponse<T> refused(
      AwsServiceException e, SsoSession session, String what) {
    String name = session.name();
    return switch (e) {
      case AuthorizationPendingException _ ->
          new Refused<>(Refusal.PENDING, "Nobody has entered the code yet.");
      case SlowDownException _ ->
          new Refused<>(Refusal.SLOW_DOWN, "AWS was asked too often; try again shortly.");
      case ExpiredTokenException _ ->
          new Refused<>(
              Refusal.EXPIRED,
              "The code was not entered in time; run `jvault sso login " + name + "` again.");
      case AccessDeniedException _ ->
          new Refused<>(
              Refusal.DENIED, "The login to " + name + " was refused; log in again to allow it.");
      case InvalidGrantException _ ->
          new Refused<>(
              Refusal.INVALID_GRANT,
              "AWS did not accept the code of the login to "
                  + name
                  + "; each works once and for a short time, so log in again.");
      case InvalidClientException _, UnauthorizedClientException _ ->
          new Refused<>(
              Refusal.INVALID_CLIENT, "AWS does not know this jvault any more; log in again.");
      case InvalidScopeException _ ->
          new Refused<>(
              Refusal.REJECTED,
              "AWS does not know one of the scopes of "
                  + name
                  + "; correct its sso_registration_scopes.");
      default ->
          new Refused<>(
              Refusal.REJECTED,
              "AWS refused to %s for %s (%s); check its sso_start_url and sso_region."
                  .formatted(what, name, SsoCalls.code(e)));
    };
  }

  /** What the person reads on the page that asks for consent. */
  private static String clientName(SsoSession session) {
    String name = session.legacy() ? "" : "-" + session.name().replaceAll("[^A-Za-z0-9_.-]", "-");
    return "jvault" + name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
