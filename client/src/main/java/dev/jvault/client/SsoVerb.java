package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;

/** Logs in to IAM Identity Center, logs out, and lists the logins. */
final class SsoVerb extends Verb {
  private static final List<String> JOBS = List.of("setup", "login", "logout", "list", "accounts");

  /** The jobs that an option belongs to. */
  private static final Map<String, List<String>> OWNERS =
      Map.ofEntries(
          Map.entry("device-code", List.of("login", "setup", "accounts")),
          Map.entry("no-browser", List.of("login", "setup", "accounts")),
          Map.entry("redirect-port", List.of("login", "setup", "accounts")),
          Map.entry("share", List.of("login")),
          Map.entry("all", List.of("logout")),
          Map.entry("json", List.of("list", "accounts")),
          Map.entry("account", List.of("setup", "accounts")),
          Map.entry("role", List.of("setup", "accounts")),
          Map.entry("name", List.of("setup")),
          Map.entry("sso-region", List.of("setup")),
          Map.entry("region", List.of("setup")),
          Map.entry("template", List.of("setup")),
          Map.entry("prune", List.of("setup")),
          Map.entry("dry-run", List.of("setup")),
          Map.entry("yes", List.of("setup")));

  SsoVerb() {
    super(
        Names.ONE_OR_MORE,
        new VerbHelp(
            "sso",
            "set up IAM Identity Center from its address, log in and out, list what it gives",
            "setup [URL] | login [SESSION] | logout [SESSION|--all] | list | accounts [SESSION]",
            List.of(
                "jvault sso setup https://my-company.awsapps.com/start",
                "jvault sso setup --dry-run --account 'prod*' --role ReadOnly my-company",
                "jvault sso accounts my-company",
                "jvault sso login my-company",
                "jvault sso login --device-code my-company",
                "jvault sso list",
                "jvault sso logout --all")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "device-code", false, "log in with a code, in a browser on any device")
        .addOption(null, "no-browser", false, "print the login's URL and open no browser")
        .addOption(null, "share", false, "share the login's token with the AWS CLI and SDKs")
        .addOption(null, "all", false, "log out of all sessions")
        .addOption(null, "json", false, "list as JSON")
        .addOption(valued("redirect-port", "PORT", "the port to which the browser returns"))
        .addOption(valued("account", "GLOB", "only accounts whose name or ID fits; repeatable"))
        .addOption(valued("role", "GLOB", "only roles whose name fits; repeatable"))
        .addOption(valued("template", "TEMPLATE", "how profiles are called"))
        .addOption(valued("name", "SESSION", "how the new sso-session is called"))
        .addOption(valued("sso-region", "REGION", "the region of IAM Identity Center"))
        .addOption(valued("region", "REGION", "the region that new profiles get"))
        .addOption(null, "prune", false, "take out profiles whose role you no longer have")
        .addOption(null, "dry-run", false, "show what would change as a diff, and change nothing")
        .addOption(null, "yes", false, "do not ask");
  }

  /** Reads the name of an sso-session, a start URL, or the name of a profile that uses one. */
  @Override
  Arguments read(List<String> args) {
    Arguments arguments = Arguments.read(this, args);
    List<String> names = arguments.names();
    String job = job(arguments, JOBS, "setup URL, login SESSION, logout, list or accounts");
    refuseNoName(names);
    refuseMoreWords(names, job.equals("list") ? 1 : 2);
    OWNERS.forEach((option, owners) -> belongs(arguments, option, job, owners));
    if (arguments.has("all") && names.size() > 1) {
      throw usage("Name a session or give --all, not both.");
    }
    return arguments;
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    List<String> names = arguments.names();
    var form = new Form().add("job", names.get(0));
    if (names.size() > 1) {
      form.add("session", names.get(1));
    }
    for (var option : options().getOptions()) {
      if (option.hasArg()) {
        arguments.values(option.getLongOpt()).forEach(text -> form.add(option.getLongOpt(), text));
      } else if (arguments.has(option.getLongOpt())) {
        form.add(option.getLongOpt(), "true");
      }
    }
    return client.callAndPrint("sso", client.fitted(form));
  }

  private void belongs(Arguments arguments, String option, String job, List<String> owners) {
    if (arguments.has(option) && !owners.contains(job)) {
      throw usage(
          "--%s belongs to `jvault sso %s`; leave it out."
              .formatted(option, String.join("` and `", owners)));
    }
  }
}
