package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The loopback ports of the user's daemon, on 127.0.0.1 and ::1.
 *
 * @param imds where one profile's instance metadata is, 1 to 65535
 * @param endpoint where all container credentials are, 1 to 65535
 */
record DaemonPorts(int imds, int endpoint) {
  private static final Pattern ANSWER =
      Pattern.compile("imds ([1-9][0-9]{0,4})\nendpoint ([1-9][0-9]{0,4})\n?");

  /**
   * Reads the daemon's answer to the control verb {@code link-local}: two lines and nothing else.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} for any other text
   */
  static DaemonPorts read(String answer) {
    Matcher matcher = ANSWER.matcher(answer);
    if (matcher.matches()) {
      int imds = Integer.parseInt(matcher.group(1));
      int endpoint = Integer.parseInt(matcher.group(2));
      if (imds < 65_536 && endpoint < 65_536) {
        return new DaemonPorts(imds, endpoint);
      }
    }
    throw new JvaultException(
        ExitCode.DAEMON,
        "The daemon did not say its two ports; run `jvault stop` as its user, then try again.");
  }
}
