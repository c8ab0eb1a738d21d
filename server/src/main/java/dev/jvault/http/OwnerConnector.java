package dev.jvault.http;

import dev.jvault.systemd.InheritedSocket;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.concurrent.Executor;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A listener on a Unix socket that closes the connections of other users at once. Only the owner
 * can enter the folder anyway; this check holds even if its permissions are widened.
 */
final class OwnerConnector extends UnixDomainServerConnector {
  private final UserPrincipal owner;
  private final Optional<InheritedSocket> inherited;

  /**
   * A listener.
   *
   * @param inherited the socket to listen on; empty to listen at the connector's path
   */
  OwnerConnector(
      Server server,
      HttpConnectionFactory http,
      UserPrincipal owner,
      Optional<InheritedSocket> inherited) {
    super(server, 0, 1, http);
    this.owner = owner;
    this.inherited = inherited;
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new UnixDomainSelectorManager(executor, scheduler, selectors) {
      // Between the bind and the selector: the last moment to exchange the socket.
      @Override
      public Closeable acceptor(SelectableChannel listener) {
        inherited.ifPresent(socket -> lead((ServerSocketChannel) listener, socket));
        return super.acceptor(listener);
      }

      @Override
      protected void accepted(SelectableChannel channel) throws IOException {
        if (ownUser((SocketChannel) channel)) {
          super.accepted(channel);
        } else {
          channel.close();
        }
      }
    };
  }

  private static void lead(ServerSocketChannel listener, InheritedSocket socket) {
    try {
      InheritedChannel.lead(listener, socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ownUser(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
  }
}
