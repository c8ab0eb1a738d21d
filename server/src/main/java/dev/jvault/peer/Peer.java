package dev.jvault.peer;

import java.util.Set;

/**
 * The other end of a TCP connection on this machine.
 *
 * @param uid the numeric id of the user whose process opened the socket
 * @param inodes the inodes, as {@code /proc/PID/fd} shows them, of the sockets that can be that
 *     end; one, unless the same user has several connections that cannot be distinguished
 */
public record Peer(long uid, Set<Long> inodes) {
  /** A peer with at least one socket. */
  public Peer {
    inodes = Set.copyOf(inodes);
    if (inodes.isEmpty()) {
      throw new IllegalArgumentException("a peer has at least one socket");
    }
  }
}
