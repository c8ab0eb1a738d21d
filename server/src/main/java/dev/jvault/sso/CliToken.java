package dev.jvault.sso;

import dev.jvault.secret.Secret;
import java.time.Instant;

/** An access token in the cache of the AWS CLI. */
record CliToken(Secret access, Instant expiration) {}
