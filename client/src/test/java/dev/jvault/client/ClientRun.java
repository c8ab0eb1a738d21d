package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.RuntimeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Runs the client inside this process, with a home in a temporary folder. */
final class ClientRun implements Prompter {
  final Map<String, String> environment = new TreeMap<>();
  final List<String> questions = new ArrayList<>();
  String launcher = "";
  Path folder;
  boolean inputIsTerminal;
  boolean outputIsTerminal;
  long uid = uid();
  private final Queue<String> typed = new ArrayDeque<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  ClientRun(Path home) {
    environment.put("JVAULT_HOME", home.toString());
    folder = home;
  }

  /** Adds a line that the user types; a client that asks once more finds no terminal. */
  ClientRun types(String line) {
    typed.add(line);
    return this;
  }

  Invocation invocation() {
    return new Invocation(
        environment,
        RuntimeFiles.of(environment, "Linux"),
        uid,
        4711,
        "0.1.0",
        launcher,
        folder,
        inputIsTerminal,
        outputIsTerminal);
  }

  int run(String... args) {
    out.reset();
    error.reset();
    return Main.run(
        List.of(args),
        invocation(),
        MemoryClosing.start(() -> {}),
        this,
        out,
        new PrintStream(error, true, UTF_8));
  }

  String out() {
    return out.toString(UTF_8);
  }

  String error() {
    return error.toString(UTF_8);
  }

  @Override
  public boolean canAsk() {
    return !typed.isEmpty();
  }

  @Override
  public Optional<byte[]> ask(String question, boolean echo, CompletableFuture<?> withdrawn) {
    questions.add(question + (echo ? " (shown)" : " (hidden)"));
    String line = typed.poll();
    if (line == null) {
      throw new JvaultException(ExitCode.PERSON, "There is no terminal to ask on: " + question);
    }
    return Optional.of(line.getBytes(UTF_8));
  }

  @Override
  public Hidden hide() {
    return Hidden.NOTHING;
  }

  @Override
  public int columns() {
    return 99;
  }

  static long uid() {
    try {
      Path file = Files.createTempFile("jvault", "uid");
      try {
        return ((Number) Files.getAttribute(file, "unix:uid")).longValue();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
