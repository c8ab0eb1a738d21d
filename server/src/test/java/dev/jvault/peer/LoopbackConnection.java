package dev.jvault.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A real TCP connection of this process to itself. */
final class LoopbackConnection implements AutoCloseable {
  final ServerSocketChannel listener;
  final SocketChannel client;
  final SocketChannel accepted;

  /**
   * Connects.
   *
   * @param family the client's socket family; an IPv6 socket can reach an IPv4 address
   * @param address the address on which the server listens
   */
  LoopbackConnection(StandardProtocolFamily family, InetAddress address) throws IOException {
    listener = ServerSocketChannel.open().bind(new InetSocketAddress(address, 0));
    client = SocketChannel.open(family);
    client.connect(listener.getLocalAddress());
    accepted = listener.accept();
  }

  /** Parses an address without asking a name server. */
  static InetSocketAddress at(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }

  InetSocketAddress clientEnd() throws IOException {
    return (InetSocketAddress) accepted.getRemoteAddress();
  }

  InetSocketAddress serverEnd() throws IOException {
    return (InetSocketAddress) accepted.getLocalAddress();
  }

  @Override
  public void close() throws IOException {
    client.close();
    accepted.close();
    listener.close();
  }
}
