package dev.jvault.client;

import dev.jvault.protocol.ProcessStat;

/** Whether this process belongs to the terminal's foreground job. */
final class Foreground {
  private Foreground() {}

  /** Whether the terminal is ours; also true if that cannot be known. */
  static boolean ours() {
    return ProcessStat.ofThisProcess()
        .map(stat -> stat.group() == stat.terminalGroup())
        .orElse(true);
  }

  /** The name of the controlling terminal, such as {@code pts/3}; empty if it is unknown. */
  static String terminal() {
    return ProcessStat.ofThisProcess().map(ProcessStat::terminal).map(Foreground::name).orElse("");
  }

  /** The kernel's encoding of a device: twelve bits of its major number within the minor's. */
  private static String name(int device) {
    int major = (device >> 8) & 0xfff;
    int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    if (major >= 136 && major <= 143) {
      return "pts/" + (minor + (major - 136) * 256);
    }
    return major == 4 ? "tty" + minor : "";
  }
}
