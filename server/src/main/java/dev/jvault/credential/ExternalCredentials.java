package dev.jvault.credential;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Credentials that somebody else keeps, of a kind that is known only when they are there.
 *
 * @param sessionToken without one it is a long-lived key
 * @param end when AWS stops to accept them, where that was said
 * @param accountId twelve digits, where that was said
 */
record ExternalCredentials(
    AccessKey key,
    Optional<Secret> sessionToken,
    Optional<Instant> end,
    Optional<String> accountId) {}
