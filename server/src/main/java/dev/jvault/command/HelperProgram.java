package dev.jvault.command;

import dev.jvault.protocol.SearchPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A program that prints an answer. It is found on the caller's {@code PATH} and started without a
 * shell. It runs in the user's home folder, gets the helper variables of the caller, and has a time
 * limit.
 */
public final class HelperProgram {
  private static final long LOOK_MILLIS = 200;

  private final String name;
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Duration limit;

  /**
   * A program with the caller's helper variables.
   *
   * @param name its name on the {@code PATH}, or an absolute path
   */
  public HelperProgram(
      String name, List<String> arguments, Map<String, String> environment, Duration limit) {
    this.name = name;
    this.arguments = List.copyOf(arguments);
    this.environment = environment;
    this.limit = limit;
  }

  /** The path of a program on the caller's {@code PATH}; only absolute folders count. */
  public static Optional<Path> find(String name, Map<String, String> environment) {
    if (name.startsWith("/")) {
      return Optional.of(Path.of(name)).filter(SearchPath::isProgram);
    }
    return SearchPath.of(environment.getOrDefault("PATH", "")).find(name);
  }

  /**
   * Runs it and returns what it printed.
   *
   * @param input for its standard input
   * @param wanted the program is killed when this becomes false
   * @throws HelperFailedException if it does not exist, exits with a status other than 0, or does
   *     not end in time
   */
  public String output(String input, BooleanSupplier wanted) throws HelperFailedException {
    Process process = start();
    try {
      CommandOutput output = CommandOutput.of(process.getInputStream());
      CommandOutput errors = CommandOutput.of(process.getErrorStream());
      write(process, input);
      await(process, wanted);
      HelperCommand.requireSuccess(process, errors.text());
      return output.text();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HelperFailedException("was interrupted");
    } finally {
      if (process.isAlive()) {
        HelperCommand.end(process);
      }
    }
  }

  private Process start() throws HelperFailedException {
    try {
      return ProcessStart.within(ProcessStart.LIMIT, this::startNow);
    } catch (IOException e) {
      throw new HelperFailedException("cannot be started: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new HelperFailedException("was interrupted");
    }
  }

  private Process startNow() throws HelperFailedException, IOException {
    Path program =
        find(name, environment)
            .orElseThrow(() -> new HelperFailedException("is not a program on your PATH"));
    var words = new ArrayList<String>();
    words.add(program.toString());
    words.addAll(arguments);
    return HelperCommand.in(environment, words.toArray(String[]::new)).start();
  }

  private static void write(Process process, String input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The program reads no input or has ended; its exit status decides.
    }
  }

  private void await(Process process, BooleanSupplier wanted)
      throws InterruptedException, HelperFailedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (!wanted.getAsBoolean()) {
        throw new HelperFailedException("was ended because its answer is no longer needed");
      }
      if (System.nanoTime() - end > 0) {
        throw new HelperFailedException(
            "did not end within %d seconds".formatted(limit.toSeconds()));
      }
    }
  }
}
