package dev.jvault.lifecycle;

import dev.jvault.protocol.FileFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the next daemon by a launcher script, as a client does, in this daemon's environment.
 *
 * @param environment the variables of this daemon
 * @param log where its errors go
 */
public record Successor(Map<String, String> environment, Path log) {
  private static final Logger LOG = LoggerFactory.getLogger(Successor.class);

  /** Copies the variables. */
  public Successor {
    environment = Map.copyOf(environment);
  }

  /** Whether the launcher of a version runs and says that it is of that version. */
  public boolean runs(OtherVersion other) {
    String said = firstLine(List.of(other.launcher().toString(), "version"));
    boolean runs = said.equals("jvault " + other.version());
    if (!runs) {
      LOG.warn("event=upgrade_refused version={} said=\"{}\"", other.version(), said);
    }
    return runs;
  }

  /**
   * Starts a daemon and waits until it says that it is ready.
   *
   * @param options of the internal verb {@code --daemon}
   * @return whether it is ready; it has ended if not
   */
  public boolean start(Path launcher, List<String> options) {
    var command = new ArrayList<>(List.of(launcher.toString(), "--daemon"));
    command.addAll(options);
    String said = firstLine(command);
    if (!said.equals("ready")) {
      LOG.error("event=successor_failed launcher={} said=\"{}\"", launcher, said);
    }
    return said.equals("ready");
  }

  /** Leaves out the variables. */
  @Override
  public String toString() {
    return "Successor[log=" + log + "]";
  }

  private String firstLine(List<String> command) {
    var builder = new ProcessBuilder(command).redirectError(errors());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      // The launcher waits until its input is closed.
      try (var _ = process.getOutputStream();
          var out =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = out.readLine();
        return line == null ? "" : line;
      }
    } catch (IOException e) {
      return FileFault.reason(e);
    }
  }

  private Redirect errors() {
    return Files.isRegularFile(log) && Files.isWritable(log)
        ? Redirect.appendTo(log.toFile())
        : Redirect.DISCARD;
  }
}
