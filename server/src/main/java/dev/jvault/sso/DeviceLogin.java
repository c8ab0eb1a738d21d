package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** A login with a code for a browser anywhere (RFC 8628). */
final class DeviceLogin {
  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final int SILENT_TRIES = 3;

  private final SsoOidc oidc;
  private final InstantSource clock;
  private final LoginTimeout patience;

  DeviceLogin(SsoOidc oidc, InstantSource clock, LoginTimeout patience) {
    this.oidc = oidc;
    this.clock = clock;
    this.patience = patience;
  }

  LoginAttempt attempt(
      SsoSession session, OidcClient client, Optional<BrowserCommand> browser, Consumer<String> say)
      throws InterruptedException {
    return switch (oidc.startDevice(session, client)) {
      case OidcResponse.Refused<DeviceAuthorization> refused -> LoginAttempt.refused(refused);
      case OidcResponse.Given<DeviceAuthorization>(DeviceAuthorization device) -> {
        Instant end = clock.instant().plus(shorter(device.life(), patience.limit()));
        tell(session, device, browser, say);
        yield poll(session, client, device, end);
      }
    };
  }

  private static void tell(
      SsoSession session,
      DeviceAuthorization device,
      Optional<BrowserCommand> browser,
      Consumer<String> say)
      throws InterruptedException {
    boolean opened = browser.isPresent() && browser.get().open(device.pageWithCode());
    say.accept(
        "To log in to %s, %s %s and enter the code %s"
            .formatted(
                session.name(),
                opened ? "use the page that opens in your browser, or open" : "open",
                device.page(),
                device.userCode()));
    say.accept("or open this address, which has the code in it: " + device.pageWithCode());
  }

  private LoginAttempt poll(
      SsoSession session, OidcClient client, DeviceAuthorization device, Instant end)
      throws InterruptedException {
    var grant = new AuthorizationGrant.DeviceCode(device.deviceCode());
    Duration interval = device.interval();
    int silent = 0;
    while (clock.instant().isBefore(end)) {
      patience.pause().last(interval);
      switch (oidc.token(session, client, grant)) {
        case OidcResponse.Given<IssuedToken>(IssuedToken token) -> {
          return new LoginAttempt.Token(token);
        }
        case OidcResponse.Refused<IssuedToken> refused -> {
          switch (refused.refusal()) {
            case PENDING -> silent = 0;
            case SLOW_DOWN -> interval = interval.plus(SLOWER);
            case UNAVAILABLE -> {
              silent++;
              interval = interval.plus(SLOWER);
            }
            case EXPIRED, DENIED, INVALID_GRANT, INVALID_CLIENT, REJECTED -> silent = SILENT_TRIES;
          }
          if (silent >= SILENT_TRIES) {
            return LoginAttempt.refused(refused);
          }
        }
      }
    }
    return new LoginAttempt.Over(
        new LoginResult.GivenUp(
            "The code was not entered in time; run `jvault sso login %s` again."
                .formatted(session.name())));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
