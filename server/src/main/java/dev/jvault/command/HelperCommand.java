package dev.jvault.command;

import dev.jvault.protocol.PrintableText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A command that prints an answer. It runs in {@code sh} in the user's home folder, gets the helper
 * variables of the caller, and has a time limit.
 */
public final class HelperCommand {
  private static final int CLAUSE_LIMIT = 200;

  /**
   * Exit statuses that say that the command line is wrong: its syntax or its usage, a profile that
   * jvault cannot resolve (a command that asks for the very profile that it serves), a program that
   * cannot be run, or is not there.
   */
  private static final Set<Integer> BROKEN = Set.of(2, 3, 126, 127);

  private final String command;
  private final Map<String, String> environment;
  private final Duration limit;

  /** A command with the caller's helper variables. */
  public HelperCommand(String command, Map<String, String> environment, Duration limit) {
    this.command = command;
    this.environment = environment;
    this.limit = limit;
  }

  /**
   * Runs the command and returns what it printed, up to the longest useful answer.
   *
   * @throws HelperFailedException if it cannot be started, exits with a status other than 0, or
   *     does not end in time
   */
  public String output() throws HelperFailedException {
    return run(
        process -> CommandOutput.of(process.getInputStream()),
        process -> CommandOutput.of(process.getErrorStream()));
  }

  /**
   * Runs the command and returns all that it printed.
   *
   * @param most the limit in bytes; a command that prints more is killed
   * @param said receives each line of its standard error while it runs, made printable
   * @throws HelperFailedException in the same cases, and if it prints too much
   */
  public String output(int most, Consumer<String> said) throws HelperFailedException {
    return run(
        process -> CommandOutput.of(process.getInputStream(), most, () -> end(process)),
        process -> CommandOutput.of(process.getErrorStream(), new CommandLines(said)));
  }

  private String run(
      Function<Process, CommandOutput> printing, Function<Process, CommandOutput> complaining)
      throws HelperFailedException {
    Process process;
    try {
      process = ProcessStart.within(ProcessStart.LIMIT, this::start);
    } catch (IOException e) {
      throw new HelperFailedException("cannot be started: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new HelperFailedException("was interrupted");
    }
    try {
      CommandOutput output = printing.apply(process);
      CommandOutput errors = complaining.apply(process);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        throw new HelperFailedException(
            "did not end within %d seconds".formatted(limit.toSeconds()));
      }
      String text = output.text();
      // Read to the end, so that the listener gets all of it.
      String complaint = errors.text();
      if (output.tooMuch()) {
        throw new HelperFailedException("printed too much");
      }
      requireSuccess(process, complaint);
      return text;
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new HelperFailedException("was interrupted");
    }
  }

  /**
   * Refuses a process that exited with a status other than 0, and quotes the first line of its
   * errors.
   */
  static void requireSuccess(Process process, String complaint) throws HelperFailedException {
    if (process.exitValue() != 0) {
      Optional<String> first =
          complaint
              .lines()
              .map(HelperCommand::printable)
              .filter(line -> !line.isEmpty())
              .findFirst();
      throw HelperFailedException.ended(
          process.exitValue(), BROKEN.contains(process.exitValue()), first);
    }
  }

  /** Text from any source as one line of limited length, for a message. */
  public static String printable(String line) {
    String clean = PrintableText.oneLine(line);
    return clean.length() > CLAUSE_LIMIT ? clean.substring(0, CLAUSE_LIMIT) + "…" : clean;
  }

  private Process start() throws IOException {
    ProcessBuilder builder = in(environment, "/bin/sh", "-c", command);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return builder.start();
  }

  /** A process in the user's home folder that gets the caller's helper variables. */
  public static ProcessBuilder in(Map<String, String> environment, String... words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().put("LANG", System.getenv().getOrDefault("LANG", "C.UTF-8"));
    builder.environment().putAll(environment);
    Path home = Path.of(environment.getOrDefault("HOME", "/"));
    builder.directory(Files.isDirectory(home) ? home.toFile() : new File("/"));
    return builder;
  }

  static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
