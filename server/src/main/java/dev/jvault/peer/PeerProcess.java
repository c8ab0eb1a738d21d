package dev.jvault.peer;

/**
 * A process of this machine.
 *
 * @param pid its process id in this process's namespace
 * @param executable the path of its program, such as {@code /usr/bin/aws}, followed by {@code
 *     (deleted)} if an upgrade has replaced it; if unknown, the short name that the kernel keeps.
 *     It may contain any character
 */
public record PeerProcess(long pid, String executable) {
  private static final String DELETED = " (deleted)";

  /** The last part of the executable's path, such as {@code aws}. */
  public String program() {
    String name = executable.substring(executable.lastIndexOf('/') + 1);
    return name.endsWith(DELETED) ? name.substring(0, name.length() - DELETED.length()) : name;
  }
}
