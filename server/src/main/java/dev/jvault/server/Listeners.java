package dev.jvault.server;

import dev.jvault.control.EndpointPort;
import dev.jvault.endpoint.CredentialsEndpoint;
import dev.jvault.http.Caller;
import dev.jvault.http.LoopbackServer;
import dev.jvault.http.PortTakenException;
import dev.jvault.lifecycle.RememberedPort;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.systemd.InheritedSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the daemon's TCP endpoint. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

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
    if (config.activation().sockets().any()) {
      return inherit(config.activation().sockets(), endpoint);
    }
    return config
        .predecessor()
        .map(predecessor -> takeOver(predecessor.port(), endpoint))
        .orElseGet(() -> open(endpoint));
  }

  /** The port of an open endpoint, beside the one that is remembered. */
  EndpointPort port(LoopbackServer endpoint) {
    return new EndpointPort(
        endpoint.port(),
        config.activation().sockets().any()
            ? endpoint.port()
            : config.port().orElseGet(remembered::preferred),
        remembered.trouble().filter(_ -> config.port().isEmpty()),
        LoopbackServer::portHolder);
  }

  /** The port of the socket unit is the port that lasts, as if the user had named it. */
  private LoopbackServer inherit(InheritedSockets sockets, CredentialsEndpoint endpoint) {
    int port = sockets.endpointPort(remembered.preferred());
    try {
      LoopbackServer http =
          LoopbackServer.startInherited(sockets, port, endpoint.listenerConfig(), callers);
      if (port != remembered.preferred()) {
        remembered.remember(port);
      }
      return http;
    } catch (PortTakenException e) {
      throw taken(port, e);
    }
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
