package dev.jvault.profile;

/**
 * A profile and where something of it stands.
 *
 * @param where {@code file:line}
 */
public record ProfilePlace(String profile, String where) {}
