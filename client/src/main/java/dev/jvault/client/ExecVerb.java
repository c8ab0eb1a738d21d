package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** Prepares the start of a command with a profile; the launcher script becomes the command. */
final class ExecVerb extends Verb {
  ExecVerb() {
    super(
        Names.ONE,
        new VerbHelp(
            "exec",
            "run a command, or a shell, with a profile's credentials",
            "[options] NAME [-- CMD ARGS…]",
            List.of(
                "jvault exec dev -- terraform plan",
                "jvault exec --region eu-west-1 -d 1h dev -- aws s3 ls")));
  }

  @Override
  Options options() {
    return DeliveryOptions.addTo(new Options())
        .addOption(null, "env", false, "give the session as static variables")
        .addOption("n", "no-session", false, "give the long-lived key itself; handle with care")
        .addOption(null, "token-env", false, "give the token as a variable, for old SDKs")
        .addOption(null, "bind", false, "end the command's access when it ends")
        .addOption(
            valued(null, "allow-role", "ARN", "let it ask for this role too; may be repeated"))
        .addOption(valued(null, "region", "REGION", "the region, whatever the profile says"))
        .addOption(valued("d", "duration", "TIME", "how long the session lasts, as in 1h or 30m"))
        .addOption(valued("t", "mfa-token", "CODE", "the code, instead of being asked for it"))
        .addOption(DeliveryOptions.prompt());
  }

  @Override
  boolean asksForHelp(List<String> args) {
    return ExecArguments.of(options(), args).options().contains("--help");
  }

  @Override
  Arguments read(List<String> args) {
    var split = ExecArguments.of(options(), args);
    // One word for the verb itself.
    var words = Arguments.read(this, split.options(), split.names(), split.own() + 1);
    checkNames(words.names());
    check(words);
    return words;
  }

  @Override
  void check(Arguments words) {
    refuseBoth(words, "env", "bind");
    refuseBoth(words, "env", "token-env");
    refuseBoth(words, "no-session", "bind");
    refuseBoth(words, "no-session", "token-env");
    refuseBoth(words, "no-session", "env");
    refuseBoth(words, "allow-role", "env");
    refuseBoth(words, "allow-role", "no-session");
    DeliveryOptions.check(this, words, List.of("env", "no-session"));
    // Whoever asks for instance metadata shows no token of a grant.
    refuseBoth(words, "imds", "bind");
    refuseBoth(words, "imds", "token-env");
    refuseBoth(words, "imds", "allow-role");
  }

  @Override
  int run(Arguments words, Client client) throws IOException {
    RunningDaemon.retireOtherVersion(client);
    Response plan = client.answer("exec", words.form());
    if (plan.exit() == ExitCode.OK.status()) {
      client.print("shift " + words.own() + "\n");
    }
    return client.print(plan);
  }

  private static Option valued(
      @Nullable String letter, String name, String value, String description) {
    return Option.builder(letter).longOpt(name).hasArg().argName(value).desc(description).get();
  }
}
