package dev.jvault.profile;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an {@code [sso-session]} section wants its user to log in.
 *
 * @param deviceCode whether every login takes a code for a browser on any device
 * @param redirectPort the port of 127.0.0.1 to which the browser returns; empty for any free one
 */
public record SsoLoginSettings(boolean deviceCode, OptionalInt redirectPort) {
  /** The section says nothing. */
  public static final SsoLoginSettings USUAL = new SsoLoginSettings(false, OptionalInt.empty());

  static final String LOGIN = "jvault_login";
  static final String REDIRECT_PORT = "jvault_redirect_port";

  private static final int LOWEST_PORT = 1024;
  private static final int HIGHEST_PORT = 65_535;

  static SsoLoginSettings of(Optional<Setting> login, Optional<Setting> redirectPort) {
    return new SsoLoginSettings(
        login.map(SsoLoginSettings::isDeviceCode).orElse(false),
        redirectPort
            .map(setting ->
                port(setting.text())
                    .orElseThrow(
                        () -> setting.wrong("is not a port from 1024 to 65535; correct it")))
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }

  /** The port that a text names; empty if it names none that a user may listen on. */
  public static Optional<Integer> port(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{4,5}"))
        .map(Integer::valueOf)
        .filter(port -> port >= LOWEST_PORT && port <= HIGHEST_PORT);
  }

  private static boolean isDeviceCode(Setting setting) {
    return switch (setting.text()) {
      case "device-code" -> true;
      case "browser" -> false;
      default -> throw setting.wrong("is neither browser nor device-code; correct it");
    };
  }
}
