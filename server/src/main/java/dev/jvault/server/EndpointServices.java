package dev.jvault.server;

import dev.jvault.audit.TokenlessRequests;
import dev.jvault.clock.Clocks;
import dev.jvault.endpoint.CredentialResponder;
import dev.jvault.endpoint.CredentialsEndpoint;
import dev.jvault.endpoint.GrantChains;
import dev.jvault.grant.Grants;
import dev.jvault.http.Caller;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.imds.ImdsServer;
import dev.jvault.lifecycle.EndpointPorts;
import dev.jvault.secret.Secret;
import dev.jvault.served.ServedProfiles;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;

/**
 * Everything that SDKs ask: the endpoint and the IMDS listeners, which answer when this exists, and
 * the profiles that are kept ready for them.
 *
 * @param incoming the handover that brought this daemon, if one did
 * @param preparation makes the served profiles ready; not begun yet
 */
record EndpointServices(
    IncomingHandover incoming,
    Listeners listeners,
    ImdsListeners imds,
    ServedProfiles served,
    Preparation preparation) {

  /**
   * Opens the listeners.
   *
   * @param longestRequest how long an SDK's request may wait
   * @param started when the daemon started
   * @param resources closes the listeners
   * @throws dev.jvault.protocol.JvaultException if a port is not available
   */
  static EndpointServices wire(
      ServerConfig config,
      CredentialServices services,
      CredentialResponder responder,
      Grants grants,
      Secret proof,
      TokenlessRequests tokenless,
      Caller.Lookup callers,
      Duration longestRequest,
      Instant started,
      Clocks clock,
      ResourceStack resources) {
    Vault vault = services.vault();
    var incoming =
        IncomingHandover.begin(
            config.predecessor().map(ServerConfig.Predecessor::pid), vault, longestRequest);
    var opening = new QuietOpening(vault, longestRequest);
    var chains =
        new GrantChains(
            services.profiles(),
            () -> {
              incoming.awaitVault();
              opening.tryOpen();
            },
            () -> !vault.exists() || vault.unlocked());
    var listeners =
        new Listeners(
            config,
            new EndpointPorts(config.files().state(), clock),
            callers,
            new CredentialsEndpoint(grants, chains, responder, proof, tokenless));
    var http = resources.add(listeners.http());
    var imds =
        new ImdsListeners(
            new ImdsServer(
                http, listeners::own, grants, chains, responder, started, clock.steadySource()),
            grants,
            config.files().state());
    imds.reopen();
    var served = new ServedProfiles(grants, imds, services.profiles(), services.sessions());
    return new EndpointServices(incoming, listeners, imds, served, new Preparation(served, vault));
  }
}
