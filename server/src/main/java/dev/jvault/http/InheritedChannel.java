package dev.jvault.http;

import dev.jvault.systemd.InheritedSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;

/**
 * Channels of sockets that systemd keeps. Closing one leaves the socket open in systemd, where
 * connections wait for the next daemon.
 */
final class InheritedChannel {
  private InheritedChannel() {}

  /** A blocking channel of a TCP socket. Its own port, which Java remembers, is another one. */
  static ServerSocketChannel open(InheritedSocket socket) throws IOException {
    InetSocketAddress address = (InetSocketAddress) socket.address();
    ServerSocketChannel channel =
        ServerSocketChannel.open(
            address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET);
    try {
      channel.bind(new InetSocketAddress(address.getAddress(), 0));
      lead(channel, socket);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Makes a bound channel, which no selector knows yet, a channel of the socket. */
  static void lead(ServerSocketChannel channel, InheritedSocket socket) throws IOException {
    boolean blocking = channel.isBlocking();
    socket.replace(channel.getLocalAddress());
    // Java leaves out a change that changes nothing for the socket that was here before.
    var _ = channel.configureBlocking(!blocking);
    var _ = channel.configureBlocking(blocking);
  }
}
