package dev.jvault.profile;

/**
 * A chain that was resolved for somebody.
 *
 * @param environment of the caller who meant it
 */
public record ChainInUse(Chain chain, CallerEnvironment environment) {}
