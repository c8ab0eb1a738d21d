package dev.jvault.client;

import dev.jvault.protocol.Routes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Checks what keeps programs from their credentials. The daemon does it, and reads through us. */
final class DoctorVerb extends Verb {
  private static final String NAME = "doctor";

  DoctorVerb() {
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
  }

  @Override
  Options options() {
    return new Options()
        .addOption(
            Option.builder()
                .longOpt("profile")
                .hasArg()
                .argName("NAME")
                .desc("read the credentials of this profile")
                .get())
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
    return client.callAndPrint(NAME, form(arguments, client.invocation()));
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
