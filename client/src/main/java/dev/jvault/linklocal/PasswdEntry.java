package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.regex.Pattern;

/**
 * A user as the system's database knows it, local or of a directory service.
 *
 * @param name the login name
 * @param gid the primary group
 * @param home the home folder, an absolute path
 */
record PasswdEntry(String name, long uid, long gid, String home) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]*\\$?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  /**
   * Looks a user up.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} for a user that the system does not know
   */
  static PasswdEntry of(long uid, boolean mac, SystemCommands commands) {
    String number = Long.toString(uid);
    SystemCommands.Result result =
        commands.run(mac ? Command.of("id", "-P", number) : Command.of("getent", "passwd", number));
    // Seven fields on Linux, ten on macOS, alike at both ends.
    String[] fields = result.output().strip().split(":", -1);
    int count = fields.length;
    boolean good =
        result.succeeded()
            && (count == 7 || count == 10)
            && NAME.matcher(fields[0]).matches()
            && fields[2].equals(number)
            && NUMBER.matcher(fields[3]).matches()
            && fields[count - 2].startsWith("/");
    if (!good) {
      throw new JvaultException(
          ExitCode.FAULT,
          "The system knows no user with the id " + number + "; run it through sudo as a user.");
    }
    return new PasswdEntry(fields[0], uid, Long.parseLong(fields[3]), fields[count - 2]);
  }
}
