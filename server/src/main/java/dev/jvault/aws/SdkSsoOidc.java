package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.OidcClient;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import dev.jvault.sso.AuthorizationFlow;
import dev.jvault.sso.AuthorizationGrant;
import dev.jvault.sso.OidcResponse;
import dev.jvault.sso.SsoOidc;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Function;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.auth.scheme.SsoOidcAuthSchemeProvider;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientRequest;

/** SSO OIDC through the AWS SDK. Thread-safe, also for virtual threads. */
public final class SdkSsoOidc implements SsoOidc, AutoCloseable {
  private static final int LONGEST_NAME = 60;

  private final SdkClients<SsoOidcClient> clients;
  private final SsoCalls<SsoOidcClient> calls;
  private final OidcResponseMapper responses;

  /**
   * SSO OIDC with the usual limits.
   *
   * @param skew is updated with each answer
   */
  public SdkSsoOidc(InstantSource clock, ClockSkew skew) {
    this(clock, skew, CallLimits.DEFAULT);
  }

  SdkSsoOidc(InstantSource clock, ClockSkew skew, CallLimits limits) {
    var settings = new SdkSettings(skew, limits);
    this.clients =
        new SdkClients<>(
            settings.files(),
            (target, endpoint) ->
                settings
                    .apply(SsoOidcClient.builder(), target, endpoint)
                    .authSchemeProvider(SsoOidcAuthSchemeProvider.defaultProvider())
                    .build());
    this.calls = new SsoCalls<>(AwsService.SSO_OIDC, clients, limits);
    this.responses = new OidcResponseMapper(clock);
  }

  @Override
  public URI authorizePage(SsoSession session) {
    URI endpoint = ServiceEndpoint.of(AwsService.SSO_OIDC, session.oidc()).url();
    return URI.create(endpoint.toString().replaceFirst("/+$", "") + "/authorize");
  }

  @Override
  public OidcResponse<OidcClient> register(SsoSession session, AuthorizationFlow flow) {
    RegisterClientRequest.Builder request =
        RegisterClientRequest.builder().clientName(clientName(session)).clientType("public");
    if (!session.scopes().isEmpty()) {
      request.scopes(session.scopes());
    }
    if (flow == AuthorizationFlow.BROWSER) {
      request
          .grantTypes("authorization_code", "refresh_token")
          .redirectUris(REDIRECT_URI)
          .issuerUrl(session.startUrl().toString());
    }
    return ask(
        session,
        "register",
        client -> responses.client(client.registerClient(request.build()), session));
  }

  @Override
  public OidcResponse<DeviceAuthorization> startDevice(SsoSession session, OidcClient registered) {
    return ask(
        session,
        "begin a login",
        client ->
            responses.device(
                client.startDeviceAuthorization(request ->
                    request
                        .clientId(registered.id())
                        .clientSecret(registered.secret().reveal())
                        .startUrl(session.startUrl().toString())),
                session));
  }

  @Override
  public OidcResponse<SsoToken> token(
      SsoSession session, OidcClient registered, AuthorizationGrant grant) {
    CreateTokenRequest.Builder request =
        CreateTokenRequest.builder()
            .clientId(registered.id())
            .clientSecret(registered.secret().reveal());
    switch (grant) {
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
        session,
        "get a token",
        client -> responses.token(client.createToken(request.build()), session));
  }

  @Override
  public void close() {
    clients.close();
  }

  private <T> OidcResponse<T> ask(
      SsoSession session, String what, Function<SsoOidcClient, OidcResponse<T>> call) {
    return calls.ask(
        session.oidc(),
        call,
        e -> OidcErrorMapper.failure(e, session, what),
        unavailable -> OidcErrorMapper.unavailable(unavailable.sentence()));
  }

  /** The name that the page which asks for consent shows the user. */
  private static String clientName(SsoSession session) {
    String name = session.legacy() ? "" : "-" + session.name().replaceAll("[^A-Za-z0-9_.-]", "-");
    return "jvault" + name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
