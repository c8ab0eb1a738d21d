package dev.jvault.http;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
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

  OwnerConnector(Server server, HttpConnectionFactory http, UserPrincipal owner) {
    super(server, 0, 1, http);
    this.owner = owner;
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new UnixDomainSelectorManager(executor, scheduler, selectors) {
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

  private boolean ownUser(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
  }
}
