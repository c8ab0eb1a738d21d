package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The loopback ports of the user's daemon, on 127.0.0.1 and ::1.
 *
 * @param imds the port of one profile's instance metadata, 1 to 65535
 * @param endpoint the port of the container credentials of all profiles, 1 to 65535
 */
record DaemonPorts(int imds, int endpoint) {
  private static final Pattern ANSWER =
      Pattern.compile("imds ([1-9][0-9]{0,4})\nendpoint ([1-9][0-9]{0,4})\n?");

  /**
   * Parses the daemon's response to the control verb {@code link-local}: exactly two lines.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} if the text is anything else
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
        "The daemon did not report its two ports; run `jvault stop` as its user, then try again.");
  }
}
