package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the verbs work with: the caller, the daemon, the person, and where output goes. */
final class Client {
  /** The port that is free, where the usual one is taken: only `server` insists on its own. */
  static final List<String> ANY_PORT = List.of("--port-fallback");

  /** Half a minute: many clients that start at once keep the machine busy. */
  private static final int ATTEMPTS = 1500;

  private static final long PAUSE_NANOS = 20_000_000;

  private final Invocation caller;
  private final Prompter prompter;
  private final OutputStream out;
  private final PrintStream error;
  private final ControlClient control;

  Client(Invocation caller, Prompter prompter, OutputStream out, PrintStream error) {
    this.caller = caller;
    this.prompter = prompter;
    this.out = out;
    this.error = error;
    this.control = new ControlClient(caller);
  }

  Invocation caller() {
    return caller;
  }

  Prompter prompter() {
    return prompter;
  }

  /** The same with another person. */
  Client with(Prompter other) {
    return new Client(caller, other, out, error);
  }

  ControlClient control() {
    return control;
  }

  OutputStream out() {
    return out;
  }

  /** Writes a text to standard output; the exit status of success. */
  int print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return ExitCode.OK.status();
  }

  /** Writes an answer where it belongs; its exit status. */
  int print(Response answer) throws IOException {
    warn(answer);
    out.write(answer.body());
    out.flush();
    return answer.exit();
  }

  /** Writes an answer's message to standard error. */
  void warn(Response answer) {
    if (!answer.message().isEmpty()) {
      error.println("jvault: " + answer.message());
    }
  }

  /** Has the daemon do a verb, starts one if none runs, and prints the answer. */
  int ask(String verb, Form form) throws IOException {
    return print(answer(verb, form));
  }

  /** Has the daemon do a verb, and starts one if none runs. */
  Response answer(String verb, Form form) {
    describe(form);
    try {
      return converse(verb, form);
    } catch (NoDaemonException _) {
      return startThenConverse(verb, form);
    }
  }

  /** Has the daemon that runs do a verb. */
  Response answerOfRunning(String verb, Form form) throws NoDaemonException {
    describe(form);
    return converse(verb, form);
  }

  /** Tells the daemon how wide a table may be, where output is a terminal. */
  Form fitted(Form form) {
    int columns = TerminalWidth.of(caller, prompter);
    return columns > 0 ? form.add(Routes.CALLER_COLUMNS, Integer.toString(columns)) : form;
  }

  /** Starts a daemon, unless another client was quicker. */
  void start(List<String> options) {
    var launcher = new DaemonLauncher(caller);
    try (var _ = StartLock.take(launcher.stateFolder())) {
      if (!control.daemonListens()) {
        launcher.start(options);
      }
    } catch (JvaultException e) {
      if (!e.sentence().startsWith(DaemonLauncher.ALREADY_RUNNING)) {
        throw e;
      }
    }
  }

  private void describe(Form form) {
    caller.describe(form, prompter.canAsk());
  }

  private Response converse(String verb, Form form) throws NoDaemonException {
    return new Conversation(control, new QuestionAnswers(caller, prompter, error)).hold(verb, form);
  }

  /** The daemon of a quicker client may have its lock already and not yet its socket. */
  private Response startThenConverse(String verb, Form form) {
    start(ANY_PORT);
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return converse(verb, form);
      } catch (NoDaemonException _) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    throw new JvaultException(
        ExitCode.DAEMON, "The daemon does not answer; see `jvault log`, then try again.");
  }
}
