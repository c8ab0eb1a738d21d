package dev.jvault.served;

import java.time.Instant;
import java.util.Optional;

/**
 * A served profile, for {@code status}.
 *
 * @param name the profile's name
 * @param readyUntil when its present session ends; empty if it has none
 * @param obstacle why it has none, if that is known
 */
public record ServedProfile(
    String name, Optional<Instant> readyUntil, Optional<Obstacle> obstacle) {}
