package dev.jvault.credential;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Credentials from outside: long-lived or temporary, which shows only once they are read.
 *
 * @param sessionToken empty for a long-lived key
 * @param end when they expire, if known
 * @param accountId twelve digits, if known
 */
record ExternalCredentials(
    AccessKey key,
    Optional<Secret> sessionToken,
    Optional<Instant> end,
    Optional<String> accountId) {}
