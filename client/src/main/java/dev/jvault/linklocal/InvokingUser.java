package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.Map;

/**
 * Who started this program, and where.
 *
 * @param osName the system property {@code os.name}
 * @param uid the user id of this process
 * @param environment its variables
 * @param launcher the launcher script, empty when there is none
 */
public record InvokingUser(
    String osName, long uid, Map<String, String> environment, String launcher) {
  /** The largest user id is taken: it means none. */
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

  /** Whose programs the addresses are for: the user behind sudo, where root was called by it. */
  long userId() {
    String behind = environment.getOrDefault("SUDO_UID", "");
    if (!isRoot() || behind.isEmpty()) {
      return uid;
    }
    if (behind.matches("[0-9]{1,10}") && Long.parseLong(behind) <= LARGEST_UID) {
      return Long.parseLong(behind);
    }
    throw new JvaultException(
        ExitCode.FAULT, "SUDO_UID is no user id; run it by `sudo jvault link-local`.");
  }
}
