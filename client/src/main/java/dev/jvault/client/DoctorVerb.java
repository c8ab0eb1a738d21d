package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;

/**
 * Checks what keeps programs from their credentials. The daemon does it, and reads through us. If
 * there can be none, a program of its own does what needs no daemon.
 */
final class DoctorVerb extends Verb {
  private static final String NAME = "doctor";

  /** With one of these no daemon can be reached, which is what the user wants to know. */
  private static final Set<ExitCode> NO_DAEMON =
      Set.of(ExitCode.DAEMON, ExitCode.VAULT, ExitCode.FAULT);

  private final SilenceLimit.Times silence;

  DoctorVerb() {
    this(SilenceLimit.Times.USUAL);
  }

  /** With other times for a daemon that does not answer. */
  DoctorVerb(SilenceLimit.Times silence) {
    super(
        Names.NONE,
        new VerbHelp(
            NAME,
            "find out what keeps programs from their credentials",
            "[--profile NAME] [--fix] [--json] [-- CMD ARGS…]",
            List.of(
                "jvault doctor",
                "jvault doctor --profile dev --fix",
                "jvault doctor -- terraform plan")));
    this.silence = silence;
  }

  @Override
  Options options() {
    return new Options()
        .addOption(valued("profile", "NAME", "read the credentials of this profile"))
        .addOption(null, "fix", false, "mend what is safe, and ask before the rest")
        .addOption(null, "json", false, "as JSON");
  }

  /** The names of the arguments are the words of the command. */
  @Override
  Arguments read(List<String> args) {
    int end = args.indexOf("--");
    List<String> options = end < 0 ? args : args.subList(0, end);
    Arguments arguments = Arguments.read(this, options);
    checkNames(arguments.names());
    refuseNoName(arguments.values("profile"));
    List<String> command = end < 0 ? List.of() : args.subList(end + 1, args.size());
    if (end >= 0 && command.isEmpty()) {
      throw usage("No command follows `--`; name one, or leave `--` out.");
    }
    return Arguments.read(this, options, command, args.size());
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    Response response;
    try {
      response = client.endingWithin(silence).call(NAME, form(arguments, client.invocation()));
    } catch (JvaultException e) {
      if (!NO_DAEMON.contains(e.exitCode())) {
        throw e;
      }
      return new DaemonLauncher(client.invocation()).diagnose(withoutDaemon(arguments, e));
    }
    return client.print(response);
  }

  /** The words of the internal verb {@code --doctor}. */
  private static List<String> withoutDaemon(Arguments arguments, JvaultException e) {
    var words = new ArrayList<>(List.of("--reason", e.sentence()));
    Stream.of("fix", "json").filter(arguments::has).forEach(option -> words.add("--" + option));
    words.add("--");
    words.addAll(arguments.names());
    return words;
  }

  private static Form form(Arguments arguments, Invocation invocation) {
    var form = new Form();
    for (String option : List.of("fix", "json")) {
      if (arguments.has(option)) {
        form.add(option, "true");
      }
    }
    arguments.values("profile").forEach(name -> form.add("profile", name));
    arguments.names().forEach(word -> form.add(Routes.COMMAND, word));
    form.add(Routes.CALLER_FOLDER, Path.of("").toAbsolutePath().toString());
    invocation.describeSetUp(form);
    return form;
  }
}
