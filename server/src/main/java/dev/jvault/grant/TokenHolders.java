package dev.jvault.grant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Finds the token files that the environments of living processes name; needs Linux's /proc. */
final class TokenHolders {
  private final Path processes;

  /**
   * Looks into a folder of processes.
   *
   * @param processes {@code /proc}
   */
  TokenHolders(Path processes) {
    this.processes = processes;
  }

  /**
   * Whether the system shows the environments of processes. This process's own, which it need not
   * be able to read itself, shows that.
   */
  boolean areKnown() {
    return Files.exists(processes.resolve("self/environ"));
  }

  /**
   * The files of these that a process's environment names. Processes of other users are not seen.
   *
   * @throws IOException if the processes cannot be listed
   */
  Set<Path> named(Collection<Path> files) throws IOException {
    Set<Path> named = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
      for (Path process : all) {
        String environment = environment(process);
        files.stream().filter(file -> environment.contains(bytes(file))).forEach(named::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return named;
  }

  private static String environment(Path process) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      // It has ended, or belongs to another user.
      return "";
    }
  }

  /** The file's name as the characters that its bytes are read as. */
  private static String bytes(Path file) {
    return new String(
        file.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
