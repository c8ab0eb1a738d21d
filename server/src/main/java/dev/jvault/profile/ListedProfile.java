package dev.jvault.profile;

import java.util.Optional;

/**
 * One profile of a list.
 *
 * @param chain what it stands for; empty if it cannot be used
 */
public record ListedProfile(ProfileSummary summary, Optional<Chain> chain) {}
