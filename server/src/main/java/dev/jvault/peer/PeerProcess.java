package dev.jvault.peer;

/**
 * A process of this machine.
 *
 * @param pid its number, as this process sees it
 * @param executable the path of its program ({@code /usr/bin/aws}, with {@code (deleted)} after it
 *     where an upgrade has replaced it), else the short name that the kernel keeps for it; it may
 *     hold any character
 */
public record PeerProcess(long pid, String executable) {
  private static final String DELETED = " (deleted)";

  /** The last part of the executable's path, as in {@code aws}. */
  public String program() {
    String name = executable.substring(executable.lastIndexOf('/') + 1);
    return name.endsWith(DELETED) ? name.substring(0, name.length() - DELETED.length()) : name;
  }
}
