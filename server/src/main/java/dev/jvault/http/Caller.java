package dev.jvault.http;

import dev.jvault.peer.PeerProcess;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who is at the other end of a loopback connection; asked once for each, and remembered. */
public interface Caller {
  /** Whether it is this daemon's own user. */
  boolean ownUser();

  /** The user; this daemon's own where the system does not tell. */
  long uid();

  /**
   * Whether the connection may be somebody else's: a program holds it that forwards for others, or
   * no program that can be found. May take milliseconds.
   */
  boolean forwarded();

  /**
   * The program that holds the connection, where it can be found; looked for once, beside whoever
   * asks.
   */
  CompletableFuture<Optional<PeerProcess>> process();

  /** Finds out who is at the other end of a loopback connection. */
  @FunctionalInterface
  interface Lookup {
    /**
     * The caller; nothing is looked up before it is asked.
     *
     * @param client the connection's address on the client's side
     * @param server the address on this side
     */
    Caller of(InetSocketAddress client, InetSocketAddress server);
  }
}
