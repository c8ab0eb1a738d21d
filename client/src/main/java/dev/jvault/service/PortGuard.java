package dev.jvault.service;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.Optional;

/** Refuses a port on which another program listens already. */
final class PortGuard {
  private final int port;
  private final long uid;
  private final PortHolders holders;

  PortGuard(int port, long uid, PortHolders holders) {
    this.port = port;
    this.uid = uid;
    this.holders = holders;
  }

  /**
   * Refuses the port if a process listens on it that is not the user's daemon.
   *
   * @param daemon the process id of the daemon that will be stopped, or 0
   * @throws JvaultException with {@link ExitCode#FAULT} that names the holder
   */
  void refuseTaken(long daemon) {
    Optional<PortHolders.Holder> holder =
        holders.of(port).filter(one -> daemon == 0 || !isDaemon(one, daemon));
    if (holder.isPresent()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "Port %d is taken by %s; stop it, or choose another port with `jvault server --port N"
                  .formatted(port, holder.get().rendered())
              + " --background`, then try again.");
    }
  }

  /**
   * The daemon hides its descriptors from other processes of the user, so no pid is found for it.
   */
  private boolean isDaemon(PortHolders.Holder holder, long daemon) {
    return holder.pid() == daemon || (holder.pid() == 0 && holder.uid() == uid);
  }
}
