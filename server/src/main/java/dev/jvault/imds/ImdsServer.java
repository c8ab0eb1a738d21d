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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens IMDS listeners: a socket, its endpoint, and the session tokens of its clients. */
public final class ImdsServer {
  private static final Logger LOG = LoggerFactory.getLogger(ImdsServer.class);

  private final LoopbackServer server;
  private final Grants grants;
  private final GrantChains chains;
  private final CredentialResponder responder;
  private final Instant started;
  private final InstantSource clock;

  /**
   * A server without listeners.
   *
   * @param server opens the sockets
   * @param started when this daemon started, which is the date of the metadata
   */
  public ImdsServer(
      LoopbackServer server,
      Grants grants,
      GrantChains chains,
      CredentialResponder responder,
      Instant started,
      InstantSource clock) {
    this.server = server;
    this.grants = grants;
    this.chains = chains;
    this.responder = responder;
    this.started = started;
    this.clock = clock;
  }

  /** An open listener. */
  record Open(ImdsListener listener, LoopbackServer.Listener socket, SessionTokens tokens)
      implements AutoCloseable {
    /** The same sockets; what is new of the listener does not concern them. */
    Open with(ImdsListener latest) {
      return new Open(latest, socket, tokens);
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** The port of the container credentials endpoint, which no IMDS listener can have. */
  int endpointPort() {
    return server.port();
  }

  /**
   * Opens a listener.
   *
   * @param wanted the listener; its port is 0 for any free port
   * @throws JvaultException if the port is not available, or the grant's key cannot be read
   */
  Open open(ImdsListener wanted, Grant grant) {
    var tokens = new SessionTokens(key(grant), grant.id(), clock);
    var endpoint = new ImdsEndpoint(chains, grants, responder, tokens, started);
    try {
      LoopbackServer.Listener socket =
          server.listen(wanted.port(), endpoint.listenerConfig(grant.id(), wanted.v1()));
      ImdsListener opened = wanted.at(socket.port());
      LOG.info("event=imds_open grant={} port={} v1={}", grant.id(), socket.port(), opened.v1());
      return new Open(opened, socket, tokens);
    } catch (PortTakenException e) {
      throw portNotAvailable(wanted, e);
    }
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
                wanted.port(),
                wanted.profile(),
                LoopbackServer.portHolder(wanted.port())
                    .map(holder -> "it is taken by " + holder)
                    .orElseGet(e::reason)),
        e);
  }
}
