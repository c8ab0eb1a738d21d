package dev.jvault.profile;

import dev.jvault.secret.AccessKey;

/**
 * A long-lived key that a profile has in plain text.
 *
 * @param profile whose section it is in
 * @param where its id stands, {@code file:line}
 */
public record PlaintextKey(String profile, AccessKey key, String where) {}
