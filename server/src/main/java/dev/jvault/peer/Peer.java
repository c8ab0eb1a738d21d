package dev.jvault.peer;

import java.util.Set;

/**
 * The other end of a TCP connection on this machine.
 *
 * @param uid the numeric id of the user whose process opened the socket
 * @param inodes the sockets that can be that end, by the numbers that {@code /proc/PID/fd} shows;
 *     one, unless the same user has several connections that cannot be told apart
 */
public record Peer(long uid, Set<Long> inodes) {
  /** A peer with at least one socket. */
  public Peer {
    inodes = Set.copyOf(inodes);
    if (inodes.isEmpty()) {
      throw new IllegalArgumentException("a peer has a socket");
    }
  }
}
