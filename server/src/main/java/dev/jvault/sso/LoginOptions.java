package dev.jvault.sso;

import dev.jvault.browser.BrowserCommand;
import dev.jvault.browser.BrowserObstacle;
import dev.jvault.profile.SsoLoginSettings;
import dev.jvault.profile.SsoSession;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to log in.
 *
 * @param openBrowser whether to open a browser, or only to show the address
 * @param redirectPort the port of 127.0.0.1 to which the browser returns; empty for any free one
 * @param reason a sentence that says why the login takes a code; empty if nothing needs to be said
 */
public record LoginOptions(
    AuthorizationFlow flow,
    boolean openBrowser,
    OptionalInt redirectPort,
    Optional<String> reason) {
  /** Options with any free port. */
  LoginOptions(AuthorizationFlow flow, boolean openBrowser, Optional<String> reason) {
    this(flow, openBrowser, OptionalInt.empty(), reason);
  }

  /**
   * The options that suit the caller: a browser, or a code for another device if no browser can be
   * opened here. A session of the older form supports device codes only, and cannot be renewed.
   * What the session's section says comes first.
   *
   * @param helper the caller's helper variables
   */
  public static LoginOptions usual(SsoSession session, Map<String, String> helper) {
    return usual(session, helper, System.getProperty("os.name", ""));
  }

  static LoginOptions usual(SsoSession session, Map<String, String> helper, String osName) {
    Optional<BrowserObstacle> obstacle = BrowserCommand.obstacle(helper, osName);
    boolean browser = obstacle.isEmpty() || helper.containsKey("BROWSER");
    SsoLoginSettings wanted = session.login();
    if (wanted.deviceCode()) {
      return new LoginOptions(AuthorizationFlow.DEVICE_CODE, browser, Optional.empty());
    }
    if (wanted.redirectPort().isPresent() && !session.legacy()) {
      return new LoginOptions(
          AuthorizationFlow.BROWSER, browser, wanted.redirectPort(), Optional.empty());
    }
    return session.legacy() || obstacle.isPresent()
        ? new LoginOptions(
            AuthorizationFlow.DEVICE_CODE,
            browser,
            obstacle.map(
                why -> why.clause() + ", so the login takes a code for a browser on any device."))
        : new LoginOptions(AuthorizationFlow.BROWSER, browser, Optional.empty());
  }

  /** These options with a code for another device, as the user asked. */
  public LoginOptions byDeviceCode() {
    return new LoginOptions(AuthorizationFlow.DEVICE_CODE, openBrowser, Optional.empty());
  }

  /**
   * These options with a browser that returns to a port, as the user asked. The browser may be on
   * another machine if that port leads here, as with {@code ssh -L}.
   */
  public LoginOptions returningTo(int port) {
    return new LoginOptions(
        AuthorizationFlow.BROWSER, openBrowser, OptionalInt.of(port), Optional.empty());
  }

  /**
   * These options without opening a browser, as the user asked: jvault shows the address. Unless
   * the login takes a code, the browser still has to be on this machine.
   */
  public LoginOptions withoutBrowser() {
    return new LoginOptions(flow, false, redirectPort, reason);
  }
}
