package dev.jvault.client;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Prints shell code that sets the variables of {@code exec} in the current shell. */
final class EnvVerb extends Verb {
  EnvVerb() {
    super(
        Names.ONE_OR_FOUND,
        new VerbHelp(
            "env",
            "print a line for the current shell to evaluate",
            "[--shell sh|fish|powershell] [--imds|--ecs|--eks] [NAME]",
            List.of(
                "eval \"$(jvault env dev)\"",
                "jvault env dev | source",
                "eval \"$(jvault env --eks dev)\"")));
  }

  @Override
  Options options() {
    return DeliveryOptions.addTo(new Options())
        .addOption(DeliveryOptions.prompt())
        .addOption(
            Option.builder()
                .longOpt("shell")
                .hasArg()
                .argName("SHELL")
                .desc("sh, fish or powershell; if not given, the shell that called")
                .get());
  }

  @Override
  Map<String, String> words(String placeholder) {
    if (!placeholder.equals("SHELL")) {
      return super.words(placeholder);
    }
    var shells = new LinkedHashMap<String, String>();
    shells.put("sh", "bash, zsh, dash, ksh");
    shells.put("fish", "fish");
    shells.put("powershell", "PowerShell");
    return shells;
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    Form form = arguments.form();
    if (!arguments.has("shell")) {
      form.add("shell", CallerShell.syntax(ProcessHandle.current()));
    }
    return client.callAndPrint(help().name(), form);
  }

  @Override
  void check(Arguments arguments) {
    DeliveryOptions.check(this, arguments, List.of());
    String shell = arguments.value("shell");
    if (!shell.isEmpty() && !List.of("sh", "fish", "powershell").contains(shell)) {
      throw usage("--shell is sh, fish or powershell, not " + shell + ".");
    }
  }
}
