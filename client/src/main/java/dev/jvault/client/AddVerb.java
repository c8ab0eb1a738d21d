package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Stores a long-lived key. */
final class AddVerb extends Verb {
  AddVerb() {
    super(
        Names.ONE,
        new VerbHelp(
            "add",
            "store the long-lived key of a profile",
            "[--env] [--replace] NAME",
            List.of("jvault add dev", "aws-vault exec --no-session dev -- jvault add dev --env")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(
            null, "env", false, "take the key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        .addOption(null, "replace", false, "replace another key of that name without asking")
        .addOption(null, "any-id", false, "store an ID that is none of AWS's without asking")
        .addOption(null, "no-check", false, "do not ask AWS whose the key is");
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    Form form = arguments.form();
    if (arguments.has("env")) {
      Invocation invocation = client.invocation();
      if (!invocation.variable("AWS_SESSION_TOKEN").isEmpty()) {
        throw usage(
            "AWS_SESSION_TOKEN is set, so these keys expire; jvault stores only long-lived keys"
                + " (aws-vault gives them with `exec --no-session`).");
      }
      form.add("access-key-id", required(invocation, "AWS_ACCESS_KEY_ID"));
      form.add("secret-access-key", required(invocation, "AWS_SECRET_ACCESS_KEY"));
    }
    return client.callAndPrint("add", form);
  }

  private String required(Invocation invocation, String name) {
    String value = invocation.variable(name);
    if (value.isEmpty()) {
      throw usage(name + " is not set; --env takes the key from it.");
    }
    return value;
  }
}
