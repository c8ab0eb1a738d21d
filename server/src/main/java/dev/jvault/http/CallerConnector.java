package dev.jvault.http;

import dev.jvault.systemd.InheritedSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP listener that asks who has connected before anything else: it closes the connections of
 * other users at once, so they cost nothing more, count nowhere and are never read. It accepts on a
 * thread of its own, so that a flood of them keeps nobody's requests waiting.
 */
final class CallerConnector extends ServerConnector {
  private static final Logger LOG = LoggerFactory.getLogger(CallerConnector.class);
  private static final int ACCEPTING_THREADS = 1;
  private static final int SELECTING_THREADS = 1;

  private final Caller.Lookup callers;
  private final Optional<InheritedSocket> inherited;

  /**
   * A listener.
   *
   * @param inherited the socket to listen on; empty to make one
   */
  CallerConnector(
      Server server,
      HttpConfiguration http,
      Caller.Lookup callers,
      Optional<InheritedSocket> inherited) {
    super(server, ACCEPTING_THREADS, SELECTING_THREADS, new HttpConnectionFactory(http));
    this.callers = callers;
    this.inherited = inherited;
  }

  @Override
  protected ServerSocketChannel openAcceptChannel() throws IOException {
    return inherited.isPresent()
        ? InheritedChannel.open(inherited.get())
        : super.openAcceptChannel();
  }

  /** The port of an inherited socket is not the one that its channel knows. */
  @Override
  public int getLocalPort() {
    int port = super.getLocalPort();
    return port > 0 && inherited.isPresent()
        ? ((InetSocketAddress) inherited.get().address()).getPort()
        : port;
  }

  @Override
  public void accept(int acceptor) throws IOException {
    if (!(getTransport() instanceof ServerSocketChannel listener)) {
      throw new ClosedChannelException();
    }
    SocketChannel channel = listener.accept();
    try {
      admit(channel);
    } catch (IOException e) {
      LOG.debug("event=connection_lost error={}", e.getClass().getName());
      IO.close(channel);
    }
  }

  /** Ends the accepting thread if the listener was closed, which is no failure. */
  @Override
  protected boolean handleAcceptFailure(Throwable failure) {
    return isOpen() && super.handleAcceptFailure(failure);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    Caller known = key.attachment() instanceof Caller caller ? caller : null;
    var end = new End(channel, selector, key, this, known);
    end.setIdleTimeout(getIdleTimeout());
    return end;
  }

  /** The caller of a connection, if it could be told when the connection was accepted. */
  static Optional<Caller> caller(org.eclipse.jetty.io.Connection connection) {
    return connection.getEndPoint() instanceof End end
        ? Optional.ofNullable(end.caller)
        : Optional.empty();
  }

  private void admit(SocketChannel channel) throws IOException {
    Optional<Caller> caller =
        callers.atOnce(
            (InetSocketAddress) channel.getRemoteAddress(),
            (InetSocketAddress) channel.getLocalAddress());
    if (caller.isPresent() && !caller.get().ownUser()) {
      reset(channel);
      return;
    }
    channel.configureBlocking(false);
    configure(channel.socket());
    getSelectorManager().accept(channel, caller.orElse(null));
  }

  /** Without waiting for the other side, so that nothing of the connection is left. */
  private static void reset(SocketChannel channel) throws IOException {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }

  /** A connection's end on this side, which knows who is at the other. */
  private static final class End extends SocketChannelEndPoint {
    private final @Nullable Caller caller;

    private End(
        SocketChannel channel,
        ManagedSelector selector,
        SelectionKey key,
        ServerConnector connector,
        @Nullable Caller caller) {
      super(channel, selector, key, connector.getScheduler());
      this.caller = caller;
    }
  }
}
