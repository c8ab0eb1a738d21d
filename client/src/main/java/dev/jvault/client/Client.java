package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.Routes;
import dev.jvault.protocol.StartLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** What the verbs work with: the invocation, the daemon, the user, and the output streams. */
final class Client {
  /** Any free port if the usual one is taken: only {@code server --port} insists on one. */
  static final List<String> ANY_PORT = List.of("--port-fallback");

  private final Invocation invocation;
  private final MemoryClosing memory;
  private final Prompter prompter;
  private final OutputStream out;
  private final PrintStream error;
  private final ControlClient control;
  private final DaemonSearch search;
  private final boolean debug;

  Client(
      Invocation invocation,
      MemoryClosing memory,
      Prompter prompter,
      OutputStream out,
      PrintStream error) {
    this(invocation, memory, prompter, out, error, ResponseWait.FOREVER, false);
  }

  private Client(
      Invocation invocation,
      MemoryClosing memory,
      Prompter prompter,
      OutputStream out,
      PrintStream error,
      ResponseWait wait,
      boolean debug) {
    this.debug = debug;
    this.invocation = invocation;
    this.memory = memory;
    this.prompter = prompter;
    this.out = out;
    this.error = error;
    this.control = new ControlClient(invocation, memory, wait);
    this.search = new DaemonSearch(invocation, control);
  }

  Invocation invocation() {
    return invocation;
  }

  Prompter prompter() {
    return prompter;
  }

  /** The same client with another prompter. */
  Client with(Prompter other) {
    return new Client(invocation, memory, other, out, error, ResponseWait.FOREVER, debug);
  }

  /** The same client whose standard output is dropped. */
  Client silent() {
    return new Client(
        invocation,
        memory,
        prompter,
        OutputStream.nullOutputStream(),
        error,
        ResponseWait.FOREVER,
        debug);
  }

  /**
   * The same client, whose requests end with {@link ExitCode#DAEMON} if the daemon gives no sign of
   * life for a while.
   */
  Client endingWithin(SilenceLimit.Times silence) {
    var limit =
        new SilenceLimit(
            silence, () -> error.println("jvault: Still waiting for the daemon."), search::silent);
    return new Client(invocation, memory, prompter, out, error, limit, debug);
  }

  /** The same client, which also shows what the daemon does for each call. */
  Client debugging() {
    return new Client(invocation, memory, prompter, out, error, ResponseWait.FOREVER, true);
  }

  /** Writes a sentence for the user to standard error. */
  void tell(String sentence) {
    error.println("jvault: " + PrintableText.lines(sentence));
  }

  ControlClient control() {
    return control;
  }

  DaemonSearch search() {
    return search;
  }

  OutputStream out() {
    return out;
  }

  /** Writes a text to standard output; returns the exit status of success. */
  int print(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
    return ExitCode.OK.status();
  }

  /** A pipe gets the bytes as they are, a terminal nothing that it obeys. */
  private void write(byte[] text) throws IOException {
    out.write(
        invocation.outputIsTerminal()
            ? PrintableText.lines(new String(text, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8)
            : text);
    out.flush();
  }

  /** Writes a response to standard output and standard error; returns its exit status. */
  int print(Response response) throws IOException {
    warn(response);
    write(response.body());
    return response.exit();
  }

  /** Writes a response's message to standard error. */
  void warn(Response response) {
    if (!response.message().isEmpty()) {
      error.println("jvault: " + PrintableText.lines(response.message()));
    }
  }

  /** Lets the daemon run a verb, starts a daemon if none runs, and prints the response. */
  int callAndPrint(String verb, Form form) throws IOException {
    return print(call(verb, form));
  }

  /** Lets the daemon run a verb; starts a daemon if none runs. */
  Response call(String verb, Form form) {
    describe(verb, form);
    try {
      return converse(verb, form);
    } catch (NoDaemonException _) {
      return startThenConverse(verb, form);
    }
  }

  /** Lets the daemon run a verb. */
  Response callRunning(String verb, Form form) throws NoDaemonException {
    describe(verb, form);
    return converse(verb, form);
  }

  /**
   * Lets a daemon of this very program version run a verb; starts one if none runs, and replaces
   * one of another version. The daemon compares the versions, so this costs no request of its own.
   */
  Response callSameVersion(String verb, Supplier<Form> form) {
    try {
      return call(verb, form.get().add(Routes.REQUIRED_PROGRAM, invocation.program()));
    } catch (JvaultException e) {
      if (e.errorCode() != ErrorCode.PROGRAM_MISMATCH
          && e.errorCode() != ErrorCode.PROTOCOL_MISMATCH) {
        throw e;
      }
      Handover.replaceOtherVersion(this);
      return call(verb, form.get());
    }
  }

  /** Tells the daemon how wide a table may be if the output is a terminal. */
  Form fitted(Form form) {
    int columns = TerminalWidth.of(invocation, prompter);
    return columns > 0 ? form.add(Routes.CALLER_COLUMNS, Integer.toString(columns)) : form;
  }

  /**
   * Starts a daemon, unless another client was quicker, and waits until it listens.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} if a daemon has the vault and does not
   *     listen
   */
  void start(List<String> options) {
    var launcher = new DaemonLauncher(invocation);
    try (var _ = StartLock.take(launcher.stateFolder())) {
      if (!control.daemonListens() && search.holder().isEmpty()) {
        launcher.start(options);
        return;
      }
    } catch (JvaultException e) {
      if (e.errorCode() != ErrorCode.ALREADY_RUNNING) {
        throw e;
      }
    }
    // Its lock comes first, its control socket a moment later.
    search.awaitStart();
  }

  private void describe(String verb, Form form) {
    invocation.describe(form, SentVariables.of(verb), prompter.canAsk());
    if (debug) {
      form.add(Routes.CALLER_DEBUG, "true");
    }
    if (!prompter.name().isEmpty()) {
      form.add(Routes.CALLER_TTY, prompter.name());
    }
  }

  private Response converse(String verb, Form form) throws NoDaemonException {
    return new Conversation(control, new QuestionResponder(invocation, prompter, error))
        .hold(verb, form);
  }

  private Response startThenConverse(String verb, Form form) {
    if (debug) {
      tell("debug: No daemon runs; starting one.");
    }
    start(ANY_PORT);
    try {
      return converse(verb, form);
    } catch (NoDaemonException e) {
      throw new JvaultException(
          ExitCode.DAEMON, "The daemon does not answer; see `jvault log`, then try again.", e);
    }
  }
}
