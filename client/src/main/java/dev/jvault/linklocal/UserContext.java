package dev.jvault.linklocal;

/** Acts as the user whose programs use the addresses, never as root. */
public interface UserContext {
  /**
   * The response of the user's daemon.
   *
   * @param exit the exit status for the whole job; if it is not 0, the user has read why
   * @param text the response otherwise
   */
  record Reply(int exit, String text) {}

  /** Asks the user's daemon for its ports for a profile; starts a daemon if none runs. */
  Reply ports(String profile);

  /** The result of {@link LinkLocal#probe} for the user. */
  String probe();
}
