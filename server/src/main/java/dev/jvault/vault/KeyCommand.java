package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The person's command that prints the vault's identity. It runs in {@code sh} from the person's
 * home, sees the helper variables and nothing else, and has a limited time.
 */
final class KeyCommand {
  private static final int CLAUSE_LIMIT = 200;

  private final String command;
  private final Map<String, String> environment;
  private final Duration limit;

  KeyCommand(String command, Map<String, String> environment, Duration limit) {
    this.command = command;
    this.environment = environment;
    this.limit = limit;
  }

  /** Runs the command and takes the identity from what it prints. */
  AgeIdentity identity() {
    try {
      Process process = start();
      CommandOutput output = CommandOutput.of(process.getInputStream());
      CommandOutput errors = CommandOutput.of(process.getErrorStream());
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        throw trouble("did not end within %d seconds".formatted(limit.toSeconds()));
      }
      if (process.exitValue() != 0) {
        String first = errors.text().lines().map(KeyCommand::printable).findFirst().orElse("");
        String why = first.isEmpty() || first.contains("AGE-SECRET-KEY") ? "" : " (" + first + ")";
        throw trouble("ended with status " + process.exitValue() + why);
      }
      return AgeIdentity.parse(output.text())
          .orElseThrow(() ->
              trouble(
                  "printed no age identity; it must print the line AGE-SECRET-KEY-1… that"
                      + " age-keygen makes"));
    } catch (IOException e) {
      throw trouble("cannot be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trouble("was interrupted");
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.environment().clear();
    builder.environment().put("LANG", System.getenv().getOrDefault("LANG", "C.UTF-8"));
    builder.environment().putAll(environment);
    Path home = Path.of(environment.getOrDefault("HOME", "/"));
    builder.directory(Files.isDirectory(home) ? home.toFile() : new File("/"));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return builder.start();
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String printable(String line) {
    String clean = line.replaceAll("\\p{Cntrl}", " ").strip();
    return clean.length() > CLAUSE_LIMIT ? clean.substring(0, CLAUSE_LIMIT) + "…" : clean;
  }

  private JvaultException trouble(String clause) {
    return new JvaultException(
        ExitCode.VAULT, "The key command `%s` %s.".formatted(printable(command), clause));
  }
}
