package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.regex.Pattern;

/**
 * A user in the system's database, local or from a directory service.
 *
 * @param name the login name
 * @param gid the primary group
 * @param home the home folder, an absolute path
 */
record PasswdEntry(String name, long uid, long gid, String home) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]*\\$?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  /**
   * Looks up a user.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} if the system does not know the user
   */
  static PasswdEntry of(long uid, boolean mac, SystemCommands commands) {
    String number = Long.toString(uid);
    CommandResult result =
        commands.run(mac ? Command.of("id", "-P", number) : Command.of("getent", "passwd", number));
    // Linux has seven fields and macOS ten; the first and the last ones are the same.
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
          "The system knows no user with the id " + number + "; run sudo as a user that exists.");
    }
    return new PasswdEntry(fields[0], uid, Long.parseLong(fields[3]), fields[count - 2]);
  }
}
