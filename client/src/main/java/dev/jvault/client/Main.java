package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The client: what {@code jvault} runs if the launcher script cannot do the work by itself. */
public final class Main {
  private Main() {}

  /** Runs the verb of the command line and ends the process with its exit status. */
  public static void main(String[] args) {
    MemoryClosing memory = MemoryClosing.start();
    var out = new FileOutputStream(FileDescriptor.out);
    var error =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int exit = run(Arrays.asList(args), Invocation.current(), memory, new Terminal(), out, error);
    if (exit != ExitCode.OK.status() && Boolean.getBoolean("jvault.exec")) {
      tellLauncher(exit, out);
    }
    System.exit(exit);
  }

  /**
   * The launcher learns the status of an {@code exec} that starts no command from the last line.
   */
  private static void tellLauncher(int exit, OutputStream out) {
    try {
      out.write(("exit " + exit + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // The launcher is gone.
    }
  }

  /** Runs one command line; failures go to {@code error}. Returns the exit status. */
  static int run(
      List<String> args,
      Invocation invocation,
      MemoryClosing memory,
      Prompter prompter,
      OutputStream out,
      PrintStream error) {
    try {
      return run(args, new Client(invocation, memory, prompter, out, error));
    } catch (JvaultException e) {
      error.println("jvault: " + PrintableText.lines(e.sentence()));
      return e.exitCode().status();
    } catch (IOException e) {
      // The reader of our output is gone, as in `jvault list | head -1`.
      return 1;
    }
  }

  private static int run(List<String> args, Client client) throws IOException {
    if (args.isEmpty()) {
      return client.print(HelpText.ofAll());
    }
    CommandWords words = CommandWords.of(args);
    Verb verb = words.verb();
    if (verb.asksForHelp(words.arguments())) {
      return client.print(HelpText.of(verb));
    }
    Arguments arguments = verb.read(words.arguments());
    arguments.notes().forEach(client::tell);
    return run(verb, arguments, arguments.has(Verb.DEBUG) ? client.debugging() : client);
  }

  private static int run(Verb verb, Arguments arguments, Client client) throws IOException {
    if (!verb.findsName(arguments)) {
      return verb.run(arguments, client);
    }
    Optional<String> name = new MissingName(client).find(verb);
    return name.isPresent()
        ? verb.run(arguments.withName(name.get()), client)
        : ExitCode.INTERRUPTED.status();
  }
}
