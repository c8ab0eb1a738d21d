package dev.jvault.client;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;

/** Makes IDEs, shells and desktop programs find their credentials. */
final class SetupVerb extends Verb {
  /** The targets that the daemon knows; a test compares the two lists. */
  private static final Map<String, String> TARGETS = targets();

  SetupVerb() {
    super(
        Names.ANY,
        new VerbHelp(
            "setup",
            "make IDEs, shells and desktop programs find their credentials",
            "[--list | --dry-run | --undo] [TARGET [NAME]]…",
            List.of(
                "jvault setup --list",
                "jvault setup profile dev vscode",
                "jvault setup --dry-run shell",
                "jvault setup --undo profile dev")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "list", false, "show the targets and what is set up")
        .addOption(null, "dry-run", false, "show each line that would change, and change none")
        .addOption(null, "undo", false, "take out what setup has written")
        .addOption(null, "yes", false, "do not ask");
  }

  @Override
  Map<String, String> words(String placeholder) {
    return placeholder.equals("TARGET") ? TARGETS : super.words(placeholder);
  }

  private static Map<String, String> targets() {
    var targets = new LinkedHashMap<String, String>();
    targets.put("profile", "a profile NAME-jvault in the config file, for every SDK and IDE");
    targets.put("default", "programs without a profile get the credentials of NAME");
    targets.put("shell", "completion and a prompt with profile and time left");
    targets.put("vscode", "Visual Studio Code with the AWS Toolkit");
    targets.put("jetbrains", "IntelliJ IDEA and the other IDEs of JetBrains");
    targets.put("eclipse", "Eclipse, for the programs that it starts");
    targets.put("direnv", "`use jvault NAME` in the .envrc of a folder");
    targets.put("environment.d", "every program of a Linux desktop asks for NAME");
    targets.put("launchctl", "every program of a macOS desktop asks for NAME");
    return Collections.unmodifiableMap(targets);
  }

  @Override
  void check(Arguments arguments) {
    refuseBoth(arguments, "list", "undo");
    refuseBoth(arguments, "list", "dry-run");
    if (arguments.has("list") && !arguments.names().isEmpty()) {
      throw usage("--list takes no target; leave it out.");
    }
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    var form = new Form();
    arguments.names().forEach(word -> form.add("word", word));
    for (String option : List.of("list", "dry-run", "undo", "yes")) {
      form.add(option, Boolean.toString(arguments.has(option)));
    }
    return client.callAndPrint("setup", client.fitted(form));
  }
}
