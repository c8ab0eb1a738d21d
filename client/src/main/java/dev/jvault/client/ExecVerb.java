package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/**
 * Prints a launch plan for a command with a profile; the launcher script then becomes the command.
 */
final class ExecVerb extends Verb {
  private static final String MFA_TOKEN = "mfa-token";

  private final MfaTokenLine line;

  ExecVerb() {
    this(MfaTokenLine.ofThisProcess());
  }

  /**
   * The verb.
   *
   * @param line where {@code --mfa-token -} reads the code
   */
  ExecVerb(MfaTokenLine line) {
    super(
        Names.ONE_OR_FOUND,
        new VerbHelp(
            "exec",
            "run a command, or a shell, with a profile's credentials",
            "[options] [NAME] [-- CMD ARGS…]",
            List.of(
                "jvault exec dev -- terraform plan",
                "jvault exec --region eu-west-1 -d 1h dev -- aws s3 ls")));
    this.line = line;
  }

  @Override
  Options options() {
    return DeliveryOptions.addTo(new Options())
        .addOption(null, "env", false, "give the session as static variables")
        .addOption("n", "no-session", false, "give the long-lived key itself; handle with care")
        .addOption(null, "token-env", false, "give the token as a variable, for old SDKs")
        .addOption(null, "bind", false, "end the command's access when it ends")
        .addOption(
            valued(null, "allow-role", "ARN", "let it ask for this role too (may be repeated)"))
        .addOption(valued(null, "region", "REGION", "the region, whatever the profile says"))
        .addOption(valued("d", "duration", "TIME", "how long the session lasts, as in 1h or 30m"))
        .addOption(
            valued("t", MFA_TOKEN, "CODE", "the code, which others can see; - reads it from stdin"))
        .addOption(DeliveryOptions.prompt());
  }

  @Override
  boolean asksForHelp(List<String> args) {
    return ExecArguments.of(OwnWords.understood(this), args).options().contains("--help");
  }

  @Override
  Arguments read(List<String> args) {
    var split = ExecArguments.of(OwnWords.understood(this), args);
    // One more argument for the verb itself.
    var arguments = Arguments.read(this, split.options(), split.names(), split.consumed() + 1);
    checkNames(arguments.names());
    check(arguments);
    return arguments;
  }

  @Override
  void check(Arguments arguments) {
    refuseBoth(arguments, "env", "bind");
    refuseBoth(arguments, "env", "token-env");
    refuseBoth(arguments, "no-session", "bind");
    refuseBoth(arguments, "no-session", "token-env");
    refuseBoth(arguments, "no-session", "env");
    refuseBoth(arguments, "allow-role", "env");
    refuseBoth(arguments, "allow-role", "no-session");
    DeliveryOptions.check(this, arguments, List.of("env", "no-session"));
    // Requests for instance metadata carry no grant token.
    refuseBoth(arguments, "imds", "bind");
    refuseBoth(arguments, "imds", "token-env");
    refuseBoth(arguments, "imds", "allow-role");
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    Arguments given = withCode(arguments);
    Response plan = client.callSameVersion("exec", given::form);
    if (plan.exit() == ExitCode.OK.status()) {
      client.print("shift " + arguments.consumed() + "\n");
    }
    return client.print(plan);
  }

  private Arguments withCode(Arguments arguments) {
    return arguments.value(MFA_TOKEN).equals(MfaTokenLine.STANDARD_INPUT)
        ? arguments.withValue(MFA_TOKEN, line.read())
        : arguments;
  }

  private static Option valued(
      @Nullable String letter, String name, String value, String description) {
    return Option.builder(letter).longOpt(name).hasArg().argName(value).desc(description).get();
  }
}
