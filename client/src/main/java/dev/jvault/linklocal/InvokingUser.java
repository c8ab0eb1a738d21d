package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.Map;

/**
 * The user who started this program, and the system it runs on.
 *
 * @param osName the system property {@code os.name}
 * @param uid the user id of this process
 * @param environment its environment variables
 * @param launcher the path of the launcher script, empty if this process has none
 */
public record InvokingUser(
    String osName, long uid, Map<String, String> environment, String launcher) {
  /** One less than the largest 32-bit number, which means no user. */
  private static final long LARGEST_UID = 4_294_967_294L;

  public InvokingUser {
    environment = Map.copyOf(environment);
  }

  boolean isRoot() {
    return uid == 0;
  }

  boolean isMac() {
    return osName.startsWith("Mac");
  }

  boolean isLinux() {
    return osName.equals("Linux");
  }

  /** The user whose programs use the addresses: the caller of sudo if sudo started this process. */
  long userId() {
    String behind = environment.getOrDefault("SUDO_UID", "");
    if (!isRoot() || behind.isEmpty()) {
      return uid;
    }
    if (behind.matches("[0-9]{1,10}") && Long.parseLong(behind) <= LARGEST_UID) {
      return Long.parseLong(behind);
    }
    throw new JvaultException(
        ExitCode.FAULT, "SUDO_UID is not a user id; run `sudo jvault link-local` again.");
  }
}
