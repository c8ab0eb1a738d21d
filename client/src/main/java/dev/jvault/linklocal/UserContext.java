package dev.jvault.linklocal;

/** What is done as the user whose programs the addresses are for, never as root. */
public interface UserContext {
  /**
   * What the user's daemon said.
   *
   * @param exit the exit status for the whole; when it is not 0 the person has read why
   * @param text the answer otherwise
   */
  record Reply(int exit, String text) {}

  /** The answer of the user's daemon, started if none runs, to {@code link-local} for a profile. */
  Reply ports(String profile);

  /** What {@link LinkLocal#probe} says to the user. */
  String probe();
}
