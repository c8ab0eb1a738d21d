package dev.jvault.http;

import dev.jvault.peer.PeerProcess;
import java.util.Optional;
import java.util.OptionalLong;

/** Who is at the other end of a loopback connection; asked once for each, and remembered. */
public interface Caller {
  /** Whether it is this daemon's own user. */
  boolean ownUser();

  /** The user, where the system tells. */
  OptionalLong uid();

  /**
   * Whether the connection may be somebody else's: a program holds it that forwards for others, or
   * no program that can be found. May take milliseconds.
   */
  boolean forwarded();

  /** The program that holds the connection, where it can be found. May take milliseconds. */
  Optional<PeerProcess> process();
}
