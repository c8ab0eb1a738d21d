package dev.jvault.client;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/** The command {@code stty} on the controlling terminal: java.base cannot switch the echo off. */
final class Stty {
  private static final String STANDARD = "/bin/stty";

  private Stty() {}

  /** Runs it with one argument; its output, or an empty string when it fails. */
  static String run(String argument) {
    String program = new File(STANDARD).canExecute() ? STANDARD : "stty";
    var builder =
        new ProcessBuilder(program, argument)
            .redirectInput(new File("/dev/tty"))
            .redirectError(Redirect.DISCARD);
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
