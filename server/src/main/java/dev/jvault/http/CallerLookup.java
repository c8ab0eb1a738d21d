package dev.jvault.http;

import java.net.InetSocketAddress;

/** Finds out who is at the other end of a loopback connection. */
@FunctionalInterface
public interface CallerLookup {
  /**
   * The caller; nothing is looked up before it is asked.
   *
   * @param client the connection's address on the client's side
   * @param server the address on this side
   */
  Caller of(InetSocketAddress client, InetSocketAddress server);
}
