package dev.jvault.service;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.SearchPath;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Runs programs of the caller's PATH, in the caller's environment. */
final class ProcessCommands implements UserCommands {
  private static final File NOTHING = new File("/dev/null");
  private static final int NOT_FOUND = 127;

  private final ServiceUser user;

  ProcessCommands(ServiceUser user) {
    this.user = user;
  }

  @Override
  public boolean has(String program) {
    return SearchPath.of(user.variable("PATH")).find(program).isPresent();
  }

  @Override
  public CommandResult run(Command command) {
    try {
      Process process = start(command);
      byte[] output = process.getInputStream().readAllBytes();
      return new CommandResult(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return new CommandResult(NOT_FOUND, command.words().get(0) + " cannot be run");
    } catch (InterruptedException e) {
      throw interrupted(command, e);
    }
  }

  @Override
  public int copy(Command command, OutputStream out) {
    try {
      Process process = start(command);
      try (var input = process.getInputStream()) {
        var buffer = new byte[8192];
        for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
          out.write(buffer, 0, count);
          out.flush();
        }
        return process.waitFor();
      } finally {
        // The reader of our output may be gone.
        process.destroy();
      }
    } catch (IOException _) {
      return NOT_FOUND;
    } catch (InterruptedException e) {
      throw interrupted(command, e);
    }
  }

  private Process start(Command command) throws IOException {
    var builder = new ProcessBuilder(command.words()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(user.environment());
    environment.put("LC_ALL", "C.UTF-8");
    runtimeFolder(environment);
    return builder.redirectInput(NOTHING).start();
  }

  /** After {@code su}, cron or sudo the user's own runtime folder may be there and not be named. */
  private void runtimeFolder(Map<String, String> environment) {
    Path folder = Path.of("/run/user", Long.toString(user.uid()));
    try {
      boolean own =
          Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS) instanceof Number owner
              && owner.longValue() == user.uid();
      if (own && user.variable("XDG_RUNTIME_DIR").isEmpty()) {
        environment.put("XDG_RUNTIME_DIR", folder.toString());
      }
    } catch (IOException | IllegalArgumentException _) {
      // There is none.
    }
  }

  private static JvaultException interrupted(Command command, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new JvaultException(
        ExitCode.INTERRUPTED,
        "Interrupted while " + command.words().get(0) + " was running; try again.",
        e);
  }
}
