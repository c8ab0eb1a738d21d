package dev.jvault.profile;

import dev.jvault.secret.AccessKey;

/**
 * A long-lived key that a profile has in plain text.
 *
 * @param profile the profile whose section holds the key
 * @param where the line of its ID, {@code file:line}
 */
public record PlaintextKey(String profile, AccessKey key, String where) {}
