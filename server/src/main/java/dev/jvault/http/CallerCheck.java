package dev.jvault.http;

import java.net.InetSocketAddress;

/** Tells whether a loopback connection comes from this daemon's own user. */
@FunctionalInterface
public interface CallerCheck {
  /**
   * Looks the connecting socket up, once for each connection.
   *
   * @param client the connection's address on the client's side
   * @param server the address on this side
   */
  boolean ownUser(InetSocketAddress client, InetSocketAddress server);
}
