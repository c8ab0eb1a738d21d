package dev.jvault.server;

import dev.jvault.control.EndpointPort;
import dev.jvault.endpoint.CredentialsEndpoint;
import dev.jvault.http.Caller;
import dev.jvault.http.ListenerConfig;
import dev.jvault.http.LoopbackServer;
import dev.jvault.http.PortTakenException;
import dev.jvault.lifecycle.EndpointPorts;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.systemd.InheritedSockets;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the daemon's TCP endpoint on the ports that {@link EndpointPorts} names. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final EndpointPorts ports;
  private final ServerConfig config;
  private final Caller.Lookup callers;
  private final CredentialsEndpoint endpoint;
  private final Set<Integer> open = new CopyOnWriteArraySet<>();
  private final LoopbackServer http;

  /**
   * Opens the endpoint that SDKs ask.
   *
   * @throws JvaultException if the port is taken and the config allows no other
   */
  Listeners(
      ServerConfig config,
      EndpointPorts ports,
      Caller.Lookup callers,
      CredentialsEndpoint endpoint) {
    this.ports = ports;
    this.config = config;
    this.callers = callers;
    this.endpoint = endpoint;
    this.http = start();
    open.add(http.port());
    ports.beside().ifPresent(this::openBeside);
  }

  /** The server of the endpoint. */
  LoopbackServer http() {
    return http;
  }

  /** Whether the endpoint answers on a port. */
  boolean answersOn(int port) {
    return open.contains(port);
  }

  /** Whether a port is the endpoint's own, now or as soon as it is free. */
  boolean own(int port) {
    return answersOn(port) || port == ports.wanted();
  }

  /** The ports, for verbs. */
  EndpointPort port() {
    return new EndpointPort(
        () ->
            new EndpointPort.Ports(
                ports.used(), ports.wanted(), ports.beside(), ports.lasting(), ports.troubles()),
        LoopbackServer::portHolder);
  }

  /**
   * Takes the wanted port back if it is free, and keeps the day on which a substitute was used.
   *
   * @param moved runs if the port that jvault names to programs has changed
   */
  void maintain(Runnable moved) {
    ports.save();
    if (ports.used() == ports.wanted() || http.shared()) {
      return;
    }
    try {
      open.add(http.listen(ports.wanted(), endpoint.listenerConfig()).port());
      ports.back();
      LOG.info("event=port_back port={}", ports.wanted());
      moved.run();
    } catch (PortTakenException _) {
      // Another program has it still.
    }
  }

  /** The ports that the endpoint answers on. */
  Set<Integer> answering() {
    return Set.copyOf(open);
  }

  private LoopbackServer start() {
    if (config.activation().sockets().any()) {
      return inherit(config.activation().sockets());
    }
    if (config.predecessor().isPresent()) {
      return takeOver(config.predecessor().get().port());
    }
    config.port().ifPresent(ports::want);
    int wanted = ports.wanted();
    try {
      LoopbackServer server = LoopbackServer.start(wanted, endpoint.listenerConfig(), callers);
      if (config.port().isPresent()) {
        ports.chosen(wanted);
      } else {
        ports.opened(wanted);
      }
      return server;
    } catch (PortTakenException e) {
      if (!config.portFallback()) {
        throw taken(wanted, e);
      }
      LOG.warn(
          "event=port_taken port={} holder=\"{}\"",
          wanted,
          LoopbackServer.portHolder(wanted).orElse("?"));
      return startOnAnother(wanted, e);
    }
  }

  /** The port of the socket unit lasts, as if the user had named it. */
  private LoopbackServer inherit(InheritedSockets sockets) {
    int port = sockets.endpointPort(ports.wanted());
    try {
      LoopbackServer server =
          LoopbackServer.startInherited(sockets, port, endpoint.listenerConfig(), callers);
      if (port == ports.wanted()) {
        ports.opened(port);
      } else {
        ports.chosen(port);
      }
      return server;
    } catch (PortTakenException e) {
      throw taken(port, e);
    }
  }

  private LoopbackServer startOnAnother(int wanted, PortTakenException taken) {
    Iterator<Integer> others = ports.others().iterator();
    while (others.hasNext()) {
      try {
        LoopbackServer server = LoopbackServer.start(others.next(), noted(), callers);
        ports.opened(server.port());
        return server;
      } catch (PortTakenException e) {
        taken.addSuppressed(e);
      }
    }
    throw taken(wanted, taken);
  }

  private LoopbackServer takeOver(int port) {
    try {
      LoopbackServer server =
          LoopbackServer.startShared(
              port, port == ports.wanted() ? endpoint.listenerConfig() : noted(), callers);
      ports.opened(port);
      return server;
    } catch (PortTakenException e) {
      throw taken(port, e);
    }
  }

  private void openBeside(int port) {
    try {
      open.add(http.listen(port, noted()).port());
    } catch (PortTakenException e) {
      LOG.warn("event=substitute_taken port={} reason=\"{}\"", port, e.reason());
    }
  }

  /** The config of a substitute port, whose use is noted. */
  private ListenerConfig noted() {
    ListenerConfig plain = endpoint.listenerConfig();
    return plain.with(new NotedUse(plain.authenticator(), ports::substituteUsed));
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
