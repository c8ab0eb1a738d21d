package dev.jvault.imds;

import dev.jvault.endpoint.CredentialResponder;
import dev.jvault.endpoint.GrantChains;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.http.LoopbackServer;
import dev.jvault.http.PortTakenException;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens IMDS listeners: a socket, its endpoint, and the session tokens of its clients. */
public final class ImdsServer {
  private static final Logger LOG = LoggerFactory.getLogger(ImdsServer.class);

  private static final int ANY = 0;

  private final LoopbackServer server;
  private final IntPredicate endpointPorts;
  private final Grants grants;
  private final GrantChains chains;
  private final CredentialResponder responder;
  private final Instant started;
  private final InstantSource clock;

  /**
   * A server without listeners.
   *
   * @param server opens the sockets
   * @param endpointPorts tells the ports of the container credentials endpoint
   * @param started when this daemon started, which is the date of the metadata
   */
  public ImdsServer(
      LoopbackServer server,
      IntPredicate endpointPorts,
      Grants grants,
      GrantChains chains,
      CredentialResponder responder,
      Instant started,
      InstantSource clock) {
    this.server = server;
    this.endpointPorts = endpointPorts;
    this.grants = grants;
    this.chains = chains;
    this.responder = responder;
    this.started = started;
    this.clock = clock;
  }

  /**
   * An open listener. One that has a substitute too has several sockets.
   *
   * @param v1 whether its sockets answer requests without a token now
   */
  record Open(
      ImdsListener listener,
      List<LoopbackServer.Listener> sockets,
      SessionTokens tokens,
      AtomicBoolean v1)
      implements AutoCloseable {
    /** The same sockets, which take over what is new: closed, they could lose their port. */
    Open with(ImdsListener latest) {
      v1.set(latest.v1());
      return new Open(latest, sockets, tokens, v1);
    }

    /** Whether it answers on a port. */
    boolean answersOn(int port) {
      return sockets.stream().anyMatch(socket -> socket.port() == port);
    }

    @Override
    public void close() {
      sockets.forEach(LoopbackServer.Listener::close);
    }
  }

  /** Whether a port is of the container credentials endpoint, so that no IMDS listener has it. */
  boolean isOfTheEndpoint(int port) {
    return endpointPorts.test(port);
  }

  /**
   * Opens a listener.
   *
   * @param wanted the listener; its port is 0 for any free port
   * @throws JvaultException if the port is not available, or the grant's key cannot be read
   */
  Open open(ImdsListener wanted, Grant grant) {
    requireSight(wanted);
    var tokens = new SessionTokens(key(grant), grant.id(), clock);
    var v1 = new AtomicBoolean(wanted.v1());
    try {
      LoopbackServer.Listener socket = listen(wanted.wanted(), wanted, tokens, v1);
      return opened(wanted.at(socket.port()), List.of(socket), tokens, v1);
    } catch (PortTakenException e) {
      throw portNotAvailable(wanted, e);
    }
  }

  /**
   * Opens a listener of an earlier daemon again, on its port and on the substitute that programs
   * may know; if another program has its port, on the substitute or any free port alone.
   *
   * @throws JvaultException if no port is available, or the grant's key cannot be read
   */
  Open reopen(ImdsListener kept, Grant grant) {
    requireSight(kept);
    var tokens = new SessionTokens(key(grant), grant.id(), clock);
    var v1 = new AtomicBoolean(kept.v1());
    var sockets = new ArrayList<LoopbackServer.Listener>();
    Optional<PortTakenException> taken = add(kept.wanted(), kept, tokens, v1, sockets);
    kept.substitute().ifPresent(port -> add(port, kept, tokens, v1, sockets));
    if (sockets.isEmpty()) {
      Optional<PortTakenException> none = add(ANY, kept, tokens, v1, sockets);
      if (none.isPresent()) {
        throw portNotAvailable(kept, none.get());
      }
    }
    return opened(
        taken.isPresent() ? kept.instead(sockets.getLast().port()) : kept, sockets, tokens, v1);
  }

  /** Takes the wanted port of a listener back if it is free; empty if it is not. */
  Optional<Open> takeBack(Open open) {
    var sockets = new ArrayList<>(open.sockets());
    ImdsListener listener = open.listener();
    return add(listener.wanted(), listener, open.tokens(), open.v1(), sockets).isPresent()
        ? Optional.empty()
        : Optional.of(opened(listener.at(listener.wanted()), sockets, open.tokens(), open.v1()));
  }

  /** A listener in a sandbox that hides who asks would refuse every request. */
  private static void requireSight(ImdsListener listener) {
    if (LoopbackServer.callersHidden()) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The sandbox of jvault.service hides which program asks, and instance metadata must know it; run `jvault service install --imds %s=PORT`, which installs see-callers.conf."
              .formatted(listener.profile()));
    }
  }

  private Optional<PortTakenException> add(
      int port,
      ImdsListener listener,
      SessionTokens tokens,
      AtomicBoolean v1,
      List<LoopbackServer.Listener> to) {
    try {
      to.add(listen(port, listener, tokens, v1));
      return Optional.empty();
    } catch (PortTakenException e) {
      return Optional.of(e);
    }
  }

  private LoopbackServer.Listener listen(
      int port, ImdsListener listener, SessionTokens tokens, AtomicBoolean v1) {
    var endpoint = new ImdsEndpoint(chains, grants, responder, tokens, started);
    return server.listen(port, endpoint.listenerConfig(listener.grant(), v1::get));
  }

  private static Open opened(
      ImdsListener listener,
      List<LoopbackServer.Listener> sockets,
      SessionTokens tokens,
      AtomicBoolean v1) {
    LOG.info(
        "event=imds_open grant={} port={} v1={}", listener.grant(), listener.port(), listener.v1());
    return new Open(listener, List.copyOf(sockets), tokens, v1);
  }

  /** Reads the key of a listener's grant again, which ends all session tokens of the old key. */
  void renewKey(Open open, Grant grant) {
    open.tokens().renew(key(grant));
  }

  private Secret key(Grant grant) {
    try {
      return Secret.of(Files.readString(grants.tokenFile(grant.id())));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.FAULT,
          "The key of the IMDS listener %s cannot be read (%s); run `jvault revoke %s` and open it"
                  .formatted(grant.id(), FileFault.reason(e), grant.id())
              + " again.",
          e);
    }
  }

  private static JvaultException portNotAvailable(ImdsListener wanted, PortTakenException e) {
    return new JvaultException(
        ExitCode.DAEMON,
        "Port %d cannot be the IMDS port of profile %s: %s; choose another."
            .formatted(
                wanted.wanted(),
                wanted.profile(),
                LoopbackServer.portHolder(wanted.wanted())
                    .map(holder -> "it is taken by " + holder)
                    .orElseGet(e::reason)),
        e);
  }
}
