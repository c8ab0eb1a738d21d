package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

/** The sentence about another program that has one of the addresses already. */
final class AddressConflict {
  private AddressConflict() {}

  /**
   * The refusal.
   *
   * @param what has it, such as {@code the nftables table ip nat}
   * @param look the command that shows it
   */
  static JvaultException refusal(LinkLocalAddress address, String what, String look) {
    return new JvaultException(
        ExitCode.FAULT,
        "Another program uses "
            + address.text()
            + " already ("
            + what
            + "); stop it or undo that (`"
            + look
            + "` shows it), then try again.");
  }
}
