package dev.jvault.console;

/**
 * Whose console it is.
 *
 * @param profile the profile
 * @param account the account of twelve digits; the profile's name if the account is not known
 */
public record ConsoleName(String profile, String account) {}
