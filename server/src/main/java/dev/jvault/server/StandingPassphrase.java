package dev.jvault.server;

import dev.jvault.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the vault's passphrase that a unit gives the daemon: the credential {@code
 * passphrase} of LoadCredential=, or JVAULT_PASSPHRASE_FILE in the variables of the unit. A daemon
 * that a client starts has none.
 */
final class StandingPassphrase {
  private static final Logger LOG = LoggerFactory.getLogger(StandingPassphrase.class);
  private static final int LONGEST = 64 * 1024;

  private StandingPassphrase() {}

  /** The file of these variables, if it exists. */
  static Optional<Path> file(Map<String, String> environment) {
    return Stream.of(
            path(environment, "CREDENTIALS_DIRECTORY").map(folder -> folder.resolve("passphrase")),
            path(environment, "JVAULT_PASSPHRASE_FILE"))
        .flatMap(Optional::stream)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The first line of a file; empty if it has none, or cannot be read. */
  static Optional<Secret> firstLine(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LONGEST);
      int end = 0;
      while (end < content.length && content[end] != '\n' && content[end] != '\r') {
        end++;
      }
      return Optional.of(Secret.of(new String(content, 0, end, StandardCharsets.UTF_8)))
          .filter(one -> !one.isEmpty());
    } catch (IOException e) {
      LOG.warn("event=passphrase_file_unreadable file={}", file);
      return Optional.empty();
    }
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    try {
      return Optional.of(environment.getOrDefault(name, ""))
          .filter(value -> value.startsWith("/"))
          .map(Path::of);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
