package dev.jvault.sso;

import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * A token as it was issued.
 *
 * @param access for the portal
 * @param refresh for the next one
 * @param life of the access token, from now on
 */
public record IssuedToken(Secret access, Optional<Secret> refresh, Duration life) {}
