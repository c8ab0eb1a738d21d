package dev.jvault.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** Prints temporary credentials in a format that other tools read. */
final class ExportVerb extends Verb {
  ExportVerb() {
    super(
        Names.ONE_OR_FOUND,
        new VerbHelp(
            "export",
            "print temporary credentials for other tools",
            "[options] [NAME]",
            List.of(
                "jvault export dev",
                "jvault export --format json dev",
                "jvault export --format ini dev >> ~/.aws/credentials")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(valued(null, "format", "FORMAT", "env (the default), export-env, json, ini, …"))
        .addOption("n", "no-session", false, "print the long-lived key itself; handle with care")
        .addOption(valued("r", "region", "REGION", "the region, whatever the profile says"))
        .addOption(valued("d", "duration", "TIME", "how long the session lasts, as in 1h or 30m"))
        .addOption(valued("t", "mfa-token", "CODE", "the MFA code, which others can see"))
        .addOption(DeliveryOptions.prompt());
  }

  @Override
  Map<String, String> words(String placeholder) {
    if (!placeholder.equals("FORMAT")) {
      return super.words(placeholder);
    }
    var formats = new LinkedHashMap<String, String>();
    formats.put("env", "NAME=value");
    formats.put("export-env", "bash, zsh, dash, ksh");
    formats.put("json", "the JSON of credential_process");
    formats.put("ini", "a section of the credentials file");
    formats.put("fish", "fish");
    formats.put("powershell", "PowerShell");
    return formats;
  }

  private static Option valued(
      @Nullable String letter, String name, String value, String description) {
    return Option.builder(letter).longOpt(name).hasArg().argName(value).desc(description).get();
  }
}
