package dev.jvault.server;

import dev.jvault.control.ControlApi;
import dev.jvault.endpoint.CredentialsEndpoint;
import dev.jvault.files.OwnerFiles;
import dev.jvault.http.Caller;
import dev.jvault.http.ControlServer;
import dev.jvault.http.LoopbackServer;
import dev.jvault.http.PortTakenException;
import dev.jvault.lifecycle.RememberedPort;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the daemon's TCP endpoint and its control socket. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /** The limit is 104 bytes on macOS and 108 on Linux, with the terminating zero. */
  private static final int LONGEST_SOCKET_PATH = 103;

  private final RememberedPort remembered;
  private final ServerConfig config;
  private final Caller.Lookup callers;

  Listeners(ServerConfig config, Caller.Lookup callers) {
    this.remembered = new RememberedPort(config.files().state());
    this.config = config;
    this.callers = callers;
  }

  /** Opens the endpoint that SDKs ask. */
  LoopbackServer endpoint(CredentialsEndpoint endpoint) {
    return config
        .predecessor()
        .map(predecessor -> takeOver(predecessor.port(), endpoint))
        .orElseGet(() -> open(endpoint));
  }

  private LoopbackServer takeOver(int port, CredentialsEndpoint endpoint) {
    try {
      return LoopbackServer.startShared(port, endpoint.listenerConfig(), callers);
    } catch (PortTakenException e) {
      throw taken(port, e);
    }
  }

  private LoopbackServer open(CredentialsEndpoint endpoint) {
    int port = config.port().orElseGet(remembered::preferred);
    try {
      LoopbackServer http = LoopbackServer.start(port, endpoint.listenerConfig(), callers);
      config.port().ifPresent(remembered::remember);
      return http;
    } catch (PortTakenException e) {
      if (!config.portFallback()) {
        throw taken(port, e);
      }
      LOG.warn(
          "event=port_taken port={} holder=\"{}\"",
          port,
          LoopbackServer.portHolder(port).orElse("?"));
      return LoopbackServer.start(0, endpoint.listenerConfig(), callers);
    }
  }

  /**
   * Opens the control socket, and replaces one that a killed daemon left behind. The socket is made
   * under another name and then renamed, because the server deletes the name it was given when it
   * stops: by then the well-known name may be another daemon's.
   */
  static ControlServer control(Path socket, ControlApi api, long pid) {
    Path made = socket.resolveSibling("control." + pid);
    if (made.toString().length() > LONGEST_SOCKET_PATH) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The path of the socket, "
              + socket
              + ", is too long for the system; set JVAULT_HOME or XDG_RUNTIME_DIR to a shorter"
              + " folder.");
    }
    OwnerFiles.delete(made);
    ControlServer control = ControlServer.start(made, api.routes());
    try {
      Files.move(made, socket, StandardCopyOption.ATOMIC_MOVE);
      return control;
    } catch (IOException e) {
      control.close();
      throw new JvaultException(
          ExitCode.DAEMON,
          "The socket " + socket + " cannot be made: " + FileFault.reason(e) + ".",
          e);
    }
  }

  private static JvaultException taken(int port, PortTakenException e) {
    return new JvaultException(
        ExitCode.DAEMON,
        "Port "
            + port
            + " is taken"
            + LoopbackServer.portHolder(port).map(holder -> " by " + holder).orElse("")
            + "; end that, or choose another with `jvault server --port N`.",
        e);
  }
}
