package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.HomeOwner;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.TrustedPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Starts daemons by the launcher script, which knows how to start a JVM. */
final class DaemonLauncher {
  private final Invocation invocation;

  DaemonLauncher(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * Starts a daemon and waits until it reports that it is ready, or why it is not.
   *
   * @param options of the internal verb {@code --daemon}
   * @throws JvaultException with the daemon's own exit status, code and sentence; {@link
   *     ErrorCode#ALREADY_RUNNING} if another one runs
   */
  Process start(List<String> options) {
    if (invocation.launcher().isEmpty()) {
      throw fault("No daemon runs, and only the launcher script can start one; use it.");
    }
    var command = new ArrayList<String>();
    command.add(invocation.launcher());
    command.add("--daemon");
    command.addAll(options);
    var builder = new ProcessBuilder(command).redirectError(log());
    DaemonEnvironment.fill(builder.environment(), invocation);
    try {
      Process process = builder.start();
      // The launcher waits until its input is closed.
      try (var _ = process.getOutputStream()) {
        requireReady(line(process.getInputStream()));
      }
      return process;
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The daemon cannot be started by " + invocation.launcher() + "; install jvault again.",
          e);
    }
  }

  /** Runs the demonstration on our terminal and output; returns its exit status. */
  int demonstrate() throws IOException {
    return runHere(List.of("--demo"));
  }

  /**
   * Runs on our output the checks of {@code doctor} that need no daemon; returns its exit status.
   */
  int diagnose(List<String> options) throws IOException {
    var words = new ArrayList<>(List.of("--doctor"));
    words.addAll(options);
    return runHere(words);
  }

  private int runHere(List<String> words) throws IOException {
    if (invocation.launcher().isEmpty()) {
      throw fault("Only the launcher script can start this; use it.");
    }
    var command = new ArrayList<>(List.of(invocation.launcher()));
    command.addAll(words);
    Process program = new ProcessBuilder(command).inheritIO().start();
    try (var _ = new ChildProcess(program)) {
      return program.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.status();
    }
  }

  /** Accepts {@code ready}; throws the failure that {@code error STATUS CODE SENTENCE} reports. */
  private void requireReady(String line) {
    if (line.equals("ready")) {
      return;
    }
    String[] fields = line.split(" ", 4);
    if (fields.length == 4 && fields[0].equals("error")) {
      throw new JvaultException(exitCode(fields[1]), ErrorCode.of(fields[2]), fields[3]);
    }
    throw fault("The daemon ended before it was ready; see " + invocation.files().log() + ".");
  }

  /** Reads the first line only: a daemon that keeps its output open must not keep us waiting. */
  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static ExitCode exitCode(String status) {
    try {
      return ExitCode.of(Integer.parseInt(status));
    } catch (NumberFormatException _) {
      return ExitCode.DAEMON;
    }
  }

  /**
   * The folder of files that survive a logout; created if it does not exist.
   *
   * @throws JvaultException if it cannot be created, lies in the home of another user, or where
   *     others can replace it
   */
  Path stateFolder() {
    checkPlace();
    return folder(invocation.files().state());
  }

  /** The folder of the control socket, which is created as the other one is. */
  Path runFolder() {
    checkPlace();
    return folder(invocation.files().run());
  }

  private void checkPlace() {
    HomeOwner.check(invocation.environment(), invocation.files(), invocation.uid());
    TrustedPath.check(invocation.files(), invocation.uid());
  }

  private static Path folder(Path folder) {
    try {
      if (!Files.exists(folder)) {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
      }
      return folder;
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The folder " + folder + " cannot be created; check the permissions of its parent.",
          e);
    }
  }

  /** Where the daemon's errors go: the log, or nowhere if it cannot be written. */
  private Redirect log() {
    Path log = invocation.files().log();
    Path _ = stateFolder();
    try {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(log, PosixFilePermissions.asFileAttribute(ownerOnly));
    } catch (IOException _) {
      // It exists already, or the daemon runs without it and `status` says so.
    }
    return Files.isRegularFile(log) && Files.isWritable(log)
        ? Redirect.appendTo(log.toFile())
        : Redirect.DISCARD;
  }

  private static JvaultException fault(String sentence) {
    return new JvaultException(ExitCode.DAEMON, sentence);
  }
}
