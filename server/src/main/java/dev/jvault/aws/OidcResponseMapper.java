package dev.jvault.aws;

import dev.jvault.profile.SsoSession;
import dev.jvault.secret.OidcClient;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import dev.jvault.sso.OidcResponse;
import dev.jvault.sso.OidcResponse.Success;
import dev.jvault.sso.SsoOidc.DeviceAuthorization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientResponse;
import software.amazon.awssdk.services.ssooidc.model.StartDeviceAuthorizationResponse;

/** Translates answers of SSO OIDC into jvault's types. An incomplete answer is a failure. */
final class OidcResponseMapper {
  /** RFC 8628, section 3.2: applies if the answer names no interval. */
  private static final int DEFAULT_INTERVAL = 5;

  private static final int DEFAULT_CODE_LIFE = 600;

  private final InstantSource clock;

  OidcResponseMapper(InstantSource clock) {
    this.clock = clock;
  }

  OidcResponse<OidcClient> client(RegisterClientResponse response, SsoSession session) {
    return response.clientId() == null
            || response.clientSecret() == null
            || response.clientSecretExpiresAt() == null
        ? incomplete(session)
        : new Success<>(
            new OidcClient(
                response.clientId(),
                Secret.of(response.clientSecret()),
                Instant.ofEpochSecond(response.clientSecretExpiresAt())));
  }

  OidcResponse<DeviceAuthorization> device(
      StartDeviceAuthorizationResponse response, SsoSession session) {
    String page = webAddress(response.verificationUri());
    String pageWithCode = webAddress(response.verificationUriComplete());
    if (response.deviceCode() == null
        || response.userCode() == null
        || !response.userCode().matches("[\\x21-\\x7e]{1,40}")
        || page.isEmpty()) {
      return incomplete(session);
    }
    return new Success<>(
        new DeviceAuthorization(
            Secret.of(response.deviceCode()),
            response.userCode(),
            page,
            pageWithCode.isEmpty() ? page : pageWithCode,
            seconds(response.expiresIn(), DEFAULT_CODE_LIFE),
            seconds(response.interval(), DEFAULT_INTERVAL)));
  }

  OidcResponse<SsoToken> token(CreateTokenResponse response, SsoSession session) {
    return response.accessToken() == null
            || response.expiresIn() == null
            || response.expiresIn() <= 0
        ? incomplete(session)
        : new Success<>(
            new SsoToken(
                Secret.of(response.accessToken()),
                Optional.ofNullable(response.refreshToken()).map(Secret::of),
                clock.instant().plusSeconds(response.expiresIn())));
  }

  /** An address that a browser may be sent to; empty if the text is anything else. */
  private static String webAddress(@Nullable String address) {
    return address != null && address.matches("https?://[\\x21-\\x7e]{1,2000}") ? address : "";
  }

  private static Duration seconds(@Nullable Integer given, int otherwise) {
    return Duration.ofSeconds(given == null || given <= 0 ? otherwise : given);
  }

  private static <T> OidcResponse<T> incomplete(SsoSession session) {
    return OidcErrorMapper.unavailable(
        "IAM Identity Center ("
            + ServiceEndpoint.of(AwsService.SSO_OIDC, session.oidc()).host()
            + ") answered something that is not its own; check endpoint_url, and that no proxy or"
            + " login page is in the way.");
  }
}
