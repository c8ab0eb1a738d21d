package dev.jvault.profile;

import java.util.Optional;

/**
 * One line of the list of profiles.
 *
 * @param kind {@code role}, {@code key}, {@code sso}, {@code web-identity}, {@code process}, {@code
 *     login} or {@code broken}
 * @param source the profile whose credentials it builds on
 * @param region its own or inherited
 * @param position its header; that of the config file if both files have one
 * @param problem why it cannot be used, as a sentence
 */
public record ProfileSummary(
    String name,
    String kind,
    Optional<String> source,
    Optional<String> roleArn,
    Optional<String> region,
    Optional<String> mfaSerial,
    Position position,
    Optional<String> problem) {}
