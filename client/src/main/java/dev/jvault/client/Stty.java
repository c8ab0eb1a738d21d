package dev.jvault.client;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code stty} on the controlling terminal, because java.base cannot change its modes. */
final class Stty {
  private static final File DEVICE = new File("/dev/tty");
  private static final String PROGRAM = "/bin/stty";

  private Stty() {}

  /** Returns the output, or an empty string if it fails. */
  static String run(String... arguments) {
    var command = new ArrayList<>(List.of(new File(PROGRAM).canExecute() ? PROGRAM : "stty"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectInput(DEVICE).redirectError(Redirect.DISCARD);
    try {
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? output : "";
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
