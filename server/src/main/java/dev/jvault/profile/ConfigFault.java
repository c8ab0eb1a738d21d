package dev.jvault.profile;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What is wrong with a config file, or with one line of it.
 *
 * @param sentence names the file, and the line where it is one
 * @param since when it was noticed, where the whole file is not taken as it is
 */
public record ConfigFault(Path file, String sentence, Optional<Instant> since) {}
