package dev.jvault.http;

import dev.jvault.peer.PeerProcess;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The process at the other end of a loopback connection. Each answer is looked up once and kept.
 */
public interface Caller {
  /** Whether it belongs to the daemon's own user. */
  boolean ownUser();

  /** The id of its user; the daemon's own if the system does not tell. */
  long uid();

  /**
   * Whether the connection may come from another user: the program that holds it forwards for
   * others, or cannot be found. May take milliseconds.
   */
  boolean forwarded();

  /**
   * The program that holds the connection, if it can be found. The lookup runs in the background,
   * once.
   */
  CompletableFuture<Optional<PeerProcess>> process();

  /** Finds the process at the other end of a loopback connection. */
  @FunctionalInterface
  interface Lookup {
    /**
     * The caller. Looks nothing up yet.
     *
     * @param client the connection's address on the client's side
     * @param server the address on this side
     */
    Caller of(InetSocketAddress client, InetSocketAddress server);

    /**
     * The caller of a connection that has just been accepted, if it can be told within
     * microseconds; otherwise the first request asks {@link #of}. The thread that accepts
     * connections calls this for each.
     *
     * @param client the connection's address on the client's side
     * @param server the address on this side
     */
    default Optional<Caller> atOnce(InetSocketAddress client, InetSocketAddress server) {
      return Optional.of(of(client, server));
    }
  }
}
