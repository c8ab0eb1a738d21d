package dev.jvault.aws;

import dev.jvault.credential.IssuedLimits;
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

  /** A server that says more would keep a login waiting without end. */
  private static final int LONGEST_INTERVAL = 60;

  /** AWS's codes live for ten minutes. */
  private static final int LONGEST_CODE_LIFE = 1_800;

  /** AWS's longest: that of a registration, and of a session of IAM Identity Center. */
  private static final Duration LONGEST = Duration.ofDays(90);

  private final InstantSource clock;

  OidcResponseMapper(InstantSource clock) {
    this.clock = clock;
  }

  OidcResponse<OidcClient> client(RegisterClientResponse response, SsoSession session) {
    return !isToken(response.clientId())
            || !isToken(response.clientSecret())
            || response.clientSecretExpiresAt() == null
        ? incomplete(session)
        : new Success<>(
            new OidcClient(
                response.clientId(),
                Secret.of(response.clientSecret()),
                clientEnd(response.clientSecretExpiresAt())));
  }

  OidcResponse<DeviceAuthorization> device(
      StartDeviceAuthorizationResponse response, SsoSession session) {
    String page = webAddress(response.verificationUri());
    String pageWithCode = webAddress(response.verificationUriComplete());
    if (!isToken(response.deviceCode())
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
            seconds(response.expiresIn(), DEFAULT_CODE_LIFE, LONGEST_CODE_LIFE),
            seconds(response.interval(), DEFAULT_INTERVAL, LONGEST_INTERVAL)));
  }

  OidcResponse<SsoToken> token(CreateTokenResponse response, SsoSession session) {
    return !isToken(response.accessToken())
            || (response.refreshToken() != null && !isToken(response.refreshToken()))
            || response.expiresIn() == null
            || response.expiresIn() <= 0
            || response.expiresIn() > LONGEST.toSeconds()
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

  private static boolean isToken(@Nullable String text) {
    return text != null && IssuedLimits.isToken(text);
  }

  /** A registration that claims to last longer is renewed as if it did not. */
  private Instant clientEnd(long epochSecond) {
    long longest = clock.instant().plus(LONGEST).getEpochSecond();
    return Instant.ofEpochSecond(Math.clamp(epochSecond, 0, longest));
  }

  private static Duration seconds(@Nullable Integer given, int otherwise, int longest) {
    return Duration.ofSeconds(given == null || given <= 0 ? otherwise : Math.min(given, longest));
  }

  private static <T> OidcResponse<T> incomplete(SsoSession session) {
    return OidcErrorMapper.unavailable(
        "IAM Identity Center ("
            + ServiceEndpoint.of(AwsService.SSO_OIDC, session.oidc()).host()
            + ") answered something that is not its own; check endpoint_url, and that no proxy or"
            + " login page is in the way.");
  }
}
