package dev.jvault.secret;

import java.time.Instant;

/**
 * A client that is registered with SSO OIDC.
 *
 * @param expires when the registration ends and a new client has to be registered
 */
public record OidcClient(String id, Secret secret, Instant expires) {}
