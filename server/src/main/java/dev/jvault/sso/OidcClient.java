package dev.jvault.sso;

import dev.jvault.secret.Secret;
import java.time.Instant;

/**
 * A registered client.
 *
 * @param expires when it has to be registered anew
 */
public record OidcClient(String id, Secret secret, Instant expires) {}
