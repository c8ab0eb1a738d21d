package dev.jvault.linklocal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** How one operating system leads addresses to ports, and what of that is in place. */
interface LinkLocalSystem {
  /** The ports to which a user's rules lead the addresses. */
  @FunctionalInterface
  interface Rules {
    OptionalInt port(LinkLocalAddress address);
  }

  /**
   * Refuses a machine on which the addresses are somebody else's, or which lacks a tool.
   *
   * @param root whether this process is root's; others cannot see all of it
   * @throws dev.jvault.protocol.JvaultException with {@link dev.jvault.protocol.ExitCode#FAULT}
   */
  void refuse(long uid, boolean root);

  /** What leads the addresses to a user's daemon, from what is there now. */
  LinkLocalPlan up(long uid, DaemonPorts ports);

  /** What undoes it, from what is there now; without root, all that may be there. */
  LinkLocalPlan down(long uid, boolean root);

  /** The addresses that this machine can have. */
  List<LinkLocalAddress> addresses();

  /** The addresses that belong to this machine because of {@link #up}; anybody may ask. */
  Set<LinkLocalAddress> routed();

  /** The rules of a user; empty where they cannot be seen. */
  Optional<Rules> rules(long uid, boolean root);
}
