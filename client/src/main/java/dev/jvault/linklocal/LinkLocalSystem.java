package dev.jvault.linklocal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Plans the changes that redirect addresses to ports on one operating system, and reads them back.
 */
interface LinkLocalSystem {
  /** The ports to which a user's packet rules redirect the addresses. */
  @FunctionalInterface
  interface Rules {
    OptionalInt port(LinkLocalAddress address);
  }

  /**
   * Refuses a machine on which something else uses the addresses, or which lacks a tool.
   *
   * @param root whether this process runs as root; others cannot check everything
   * @throws dev.jvault.protocol.JvaultException with {@link dev.jvault.protocol.ExitCode#FAULT}
   */
  void refuse(long uid, boolean root);

  /** Plans how to redirect the addresses to a user's daemon, from the present state. */
  LinkLocalPlan up(long uid, DaemonPorts ports);

  /** Plans how to undo that, from the present state; without root, from the worst case. */
  LinkLocalPlan down(long uid, boolean root);

  /** The addresses that this machine can have. */
  List<LinkLocalAddress> addresses();

  /** The addresses that this machine has because of {@link #up}; needs no root. */
  Set<LinkLocalAddress> routed();

  /** The packet rules of a user; empty if this process may not read them. */
  Optional<Rules> rules(long uid, boolean root);
}
