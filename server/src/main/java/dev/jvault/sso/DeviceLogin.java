package dev.jvault.sso;

import dev.jvault.browser.BrowserCommand;
import dev.jvault.browser.ShortAddresses;
import dev.jvault.http.Caller;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.OidcClient;
import dev.jvault.secret.SsoToken;
import dev.jvault.sso.SsoOidc.DeviceAuthorization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Logs in with a code that the user enters in a browser on any device (RFC 8628). */
final class DeviceLogin {
  private static final Duration SLOW_DOWN_STEP = Duration.ofSeconds(5);

  /** A server that asks for more would keep the user waiting after the code was entered. */
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);

  private static final int MAX_FAILURES = 3;

  private final SsoOidc oidc;
  private final InstantSource steady;
  private final LoginRunner.Timeout timeout;
  private final Caller.Lookup callers;

  /**
   * A login of this kind.
   *
   * @param steady a clock that cannot be set, because the code lives for a span of time
   * @param callers looks up who opens its page
   */
  DeviceLogin(
      SsoOidc oidc, InstantSource steady, LoginRunner.Timeout timeout, Caller.Lookup callers) {
    this.oidc = oidc;
    this.steady = steady;
    this.timeout = timeout;
    this.callers = callers;
  }

  LoginAttempt attempt(
      SsoSession session,
      OidcClient client,
      Optional<BrowserCommand> browser,
      Consumer<String> tell)
      throws InterruptedException {
    return switch (oidc.startDevice(session, client)) {
      case OidcResponse.Failure<DeviceAuthorization> failure -> LoginAttempt.failed(failure);
      case OidcResponse.Success<DeviceAuthorization>(DeviceAuthorization device) -> {
        Instant end = steady.instant().plus(shorter(device.life(), timeout.limit()));
        if (browser.isEmpty() || !browser.get().isHere()) {
          show(session, device, device.page(), device.pageWithCode(), browser, tell);
          yield poll(session, client, device, end);
        }
        try (var here = new ShortAddresses(callers)) {
          String page = device.pageWithCode();
          show(session, device, here.once(page), here.lasting(page), browser, tell);
          yield poll(session, client, device, end);
        }
      }
    };
  }

  /**
   * Opens the page and shows the ways to it. Every user can read the command line of the browser,
   * and the one who enters the code decides whose login this becomes, so that address has no code
   * in it.
   *
   * @param opened the address for a browser that jvault starts
   * @param withCode an address that fills the code in, for the terminal
   */
  private static void show(
      SsoSession session,
      DeviceAuthorization device,
      String opened,
      String withCode,
      Optional<BrowserCommand> browser,
      Consumer<String> tell)
      throws InterruptedException {
    boolean opens = browser.isPresent() && browser.get().open(opened);
    tell.accept(
        "To log in to %s, %s %s and enter the code %s"
            .formatted(
                session.name(),
                opens ? "use the page that opens in your browser, or open" : "open",
                device.page(),
                device.userCode()));
    tell.accept("or open this address, which fills the code in: " + withCode);
  }

  private LoginAttempt poll(
      SsoSession session, OidcClient client, DeviceAuthorization device, Instant end)
      throws InterruptedException {
    var grant = new AuthorizationGrant.DeviceCode(device.deviceCode());
    Duration interval = device.interval();
    int failures = 0;
    while (steady.instant().isBefore(end)) {
      timeout.sleeper().last(interval);
      switch (oidc.token(session, client, grant)) {
        case OidcResponse.Success<SsoToken>(SsoToken token) -> {
          return new LoginAttempt.Authorized(token);
        }
        case OidcResponse.Failure<SsoToken> failure -> {
          switch (failure.code()) {
            case AUTHORIZATION_PENDING -> failures = 0;
            case SLOW_DOWN -> interval = slower(interval);
            case UNAVAILABLE -> {
              failures++;
              interval = slower(interval);
            }
            case EXPIRED_TOKEN, ACCESS_DENIED, INVALID_GRANT, INVALID_CLIENT, INVALID_REQUEST ->
                failures = MAX_FAILURES;
          }
          if (failures >= MAX_FAILURES) {
            return LoginAttempt.failed(failure);
          }
        }
      }
    }
    return new LoginAttempt.Ended(
        new LoginResult.GivenUp(
            "The code was not entered in time; run `jvault sso login %s` again."
                .formatted(session.name())));
  }

  private static Duration slower(Duration interval) {
    return shorter(interval.plus(SLOW_DOWN_STEP), LONGEST_INTERVAL);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
