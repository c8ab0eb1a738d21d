package dev.jvault.profile;

import java.nio.file.Path;

/**
 * A file that keys were taken out of.
 *
 * @param backup the file as it was, the owner's alone
 */
public record Blanked(Path file, Path backup) {}
