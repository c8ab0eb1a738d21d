package dev.jvault.profile;

import java.util.Optional;

/**
 * A profile that the caller's files have, with what it says of IAM Identity Center.
 *
 * @param where {@code file:line} of its header
 * @param session the {@code [sso-session]} that it names
 * @param startUrl the start URL that it names itself, in the older form
 * @param accountId of the role
 * @param roleName of the role
 */
public record WrittenProfile(
    String name,
    String where,
    Optional<String> session,
    Optional<String> startUrl,
    Optional<String> accountId,
    Optional<String> roleName) {}
