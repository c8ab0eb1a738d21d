package dev.jvault.server;

import dev.jvault.control.ControlApi;
import dev.jvault.endpoint.CredentialsEndpoint;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.http.Admission;
import dev.jvault.http.CallerCheck;
import dev.jvault.http.HttpServer;
import dev.jvault.lifecycle.EndpointPort;
import dev.jvault.lifecycle.PortHolder;
import dev.jvault.peer.OwnUid;
import dev.jvault.peer.Peer;
import dev.jvault.peer.PeerLookup;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the daemon's two listeners. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /** 104 on macOS, 108 on Linux, with the byte that ends it. */
  private static final int LONGEST_SOCKET_PATH = 103;

  private final EndpointPort remembered;
  private final ServerConfig config;
  private final PeerLookup peers;

  Listeners(ServerConfig config, PeerLookup peers) {
    this.remembered = new EndpointPort(config.files().state());
    this.config = config;
    this.peers = peers;
  }

  /** The endpoint that SDKs ask. */
  HttpServer endpoint(CredentialsEndpoint endpoint, Grants grants) {
    int port = config.port().orElseGet(remembered::preferred);
    Admission admission = token -> grants.admit(token).map(Grant::id);
    try {
      HttpServer http = HttpServer.onLoopback(port, endpoint.routes(), ownUser(), admission);
      config.port().ifPresent(remembered::remember);
      return http;
    } catch (UncheckedIOException e) {
      if (!config.portFallback()) {
        throw taken(port, e);
      }
      LOG.warn("event=port_taken port={} holder=\"{}\"", port, PortHolder.of(port).orElse("?"));
      return HttpServer.onLoopback(0, endpoint.routes(), ownUser(), admission);
    }
  }

  /**
   * The control socket; one that a killed daemon left behind is replaced. It is made under another
   * name and then renamed, because the server removes the name that it was given when it ends: by
   * then, the well-known one may be another daemon's.
   */
  static HttpServer control(Path socket, ControlApi api, long pid) {
    Path made = socket.resolveSibling("control." + pid);
    if (made.toString().length() > LONGEST_SOCKET_PATH) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The socket's path "
              + socket
              + " is too long for the system; set JVAULT_HOME or XDG_RUNTIME_DIR to a shorter"
              + " folder.");
    }
    OwnerFiles.delete(made);
    HttpServer control = HttpServer.onUnixSocket(made, api.routes());
    try {
      Files.move(made, socket, StandardCopyOption.ATOMIC_MOVE);
      return control;
    } catch (IOException e) {
      control.close();
      throw new JvaultException(
          ExitCode.DAEMON, "The socket " + socket + " cannot be made: " + e.getMessage() + ".", e);
    }
  }

  private CallerCheck ownUser() {
    long own = OwnUid.get();
    return (client, server) -> {
      Optional<Peer> peer = peers.peer(client, server);
      return peer.isEmpty() ? !peers.canTell() : peer.get().uid() == own;
    };
  }

  private static JvaultException taken(int port, UncheckedIOException e) {
    return new JvaultException(
        ExitCode.DAEMON,
        "Port "
            + port
            + " is taken"
            + PortHolder.of(port).map(holder -> " by " + holder).orElse("")
            + "; end that, or choose another with `jvault server --port N`.",
        e);
  }
}
