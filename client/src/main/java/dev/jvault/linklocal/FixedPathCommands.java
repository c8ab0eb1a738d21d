package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.SearchPath;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs programs from fixed folders that only root can write, in a fixed environment: the caller's
 * PATH and other variables have no effect.
 */
final class FixedPathCommands implements SystemCommands {
  /** The search path, for us and for the programs. */
  static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private static final File NOTHING = new File("/dev/null");

  /** Longer than any expected output. */
  private static final int ATTENDED_LIMIT = 4096;

  @Override
  public boolean has(String program) {
    return find(program).isPresent();
  }

  @Override
  public CommandResult run(Command command) {
    var builder = new ProcessBuilder(located(command.words())).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", PATH, "LC_ALL", "C"));
    return finish(builder, command.input(), Integer.MAX_VALUE);
  }

  @Override
  public CommandResult runAttended(List<String> words, Map<String, String> environment) {
    var builder = new ProcessBuilder(located(words));
    builder.redirectError(Redirect.INHERIT).redirectInput(NOTHING);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return finish(builder, "", ATTENDED_LIMIT);
  }

  private static CommandResult finish(ProcessBuilder builder, String input, int limit) {
    String program = builder.command().get(0);
    try {
      Process process = builder.directory(new File("/")).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // The program did not read its input; its exit status says why.
      }
      byte[] output = process.getInputStream().readNBytes(limit);
      process.getInputStream().close();
      return new CommandResult(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.FAULT, "The program " + program + " cannot run; install it again.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JvaultException(
          ExitCode.INTERRUPTED, "Interrupted while " + program + " was running; try again.", e);
    }
  }

  private static List<String> located(List<String> words) {
    var located = new ArrayList<>(words);
    String program = words.get(0);
    Path file =
        find(program)
            .orElseThrow(() ->
                new JvaultException(
                    ExitCode.FAULT,
                    "The program " + program + " is in none of " + PATH + "; install it."));
    located.set(0, file.toString());
    return located;
  }

  private static Optional<Path> find(String program) {
    return SearchPath.of(PATH).find(program);
  }
}
