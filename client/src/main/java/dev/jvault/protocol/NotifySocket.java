package dev.jvault.protocol;

import java.util.Map;

/**
 * The variable by which systemd asks a unit to tell its state, as ours does; see sd_notify(3). A
 * process that the unit starts, such as the next daemon, inherits it.
 */
public final class NotifySocket {
  /** The name of the variable. */
  public static final String NAME = "NOTIFY_SOCKET";

  private NotifySocket() {}

  /** Whether a process with these variables is a unit of systemd that tells its state. */
  public static boolean isSet(Map<String, String> environment) {
    return environment.containsKey(NAME);
  }
}
