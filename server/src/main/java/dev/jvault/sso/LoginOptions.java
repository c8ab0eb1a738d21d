package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import java.util.Map;
import java.util.Optional;

/**
 * How a login is wanted.
 *
 * @param openBrowser whether a browser is opened, or its address only told
 * @param reason a sentence that says why it is not done in the usual way
 */
public record LoginOptions(AuthorizationFlow manner, boolean openBrowser, Optional<String> reason) {
  /**
   * What suits the caller: a browser, or a code for another device where none can be opened here.
   * The older form of a session, which cannot be refreshed either, knows device codes only.
   *
   * @param helper the caller's helper variables
   */
  public static LoginOptions usual(SsoSession session, Map<String, String> helper) {
    return usual(session, helper, System.getProperty("os.name", ""));
  }

  static LoginOptions usual(SsoSession session, Map<String, String> helper, String osName) {
    Optional<String> hindrance = BrowserCommand.hindrance(helper, osName);
    boolean browser = hindrance.isEmpty() || helper.containsKey("BROWSER");
    return session.legacy() || hindrance.isPresent()
        ? new LoginOptions(AuthorizationFlow.DEVICE_CODE, browser, hindrance)
        : new LoginOptions(AuthorizationFlow.BROWSER, browser, Optional.empty());
  }

  /** The same by a code for another device, as somebody has asked for. */
  public LoginOptions byDeviceCode() {
    return new LoginOptions(AuthorizationFlow.DEVICE_CODE, openBrowser, Optional.empty());
  }

  /**
   * The same without opening a browser, as somebody has asked for: the address is told, and the
   * browser is still on this machine unless the login is by a code.
   */
  public LoginOptions withoutBrowser() {
    return new LoginOptions(manner, false, reason);
  }
}
