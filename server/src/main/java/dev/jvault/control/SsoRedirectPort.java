package dev.jvault.control;

import dev.jvault.profile.SsoLoginSettings;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.Optional;

/** Reads {@code --redirect-port}: where the browser returns after a login. */
final class SsoRedirectPort {
  private SsoRedirectPort() {}

  /**
   * The port, if the call names one.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if it is none
   */
  static Optional<Integer> of(Call call) {
    return call.value("redirect-port")
        .map(text ->
            SsoLoginSettings.port(text)
                .orElseThrow(() ->
                    new JvaultException(
                        ExitCode.USAGE,
                        "--redirect-port takes a port from 1024 to 65535; correct it.")));
  }
}
