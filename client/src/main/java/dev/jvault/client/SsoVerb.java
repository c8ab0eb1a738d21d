package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Logs in to IAM Identity Center, logs out, and lists the logins. */
final class SsoVerb extends Verb {
  private static final List<String> JOBS = List.of("login", "logout", "list");
  private static final List<String> LOGIN_OPTIONS = List.of("device-code", "no-browser", "share");

  SsoVerb() {
    super(
        Names.ONE_OR_MORE,
        new VerbHelp(
            "sso",
            "log in to IAM Identity Center, for all profiles of a session",
            "login [SESSION] | logout [SESSION|--all] | list [--json]",
            List.of(
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
        .addOption(null, "json", false, "list as JSON");
  }

  /** Reads the name of an sso-session, a start URL, or the name of a profile that uses one. */
  @Override
  Arguments read(List<String> args) {
    Arguments arguments = Arguments.read(this, args);
    List<String> names = arguments.names();
    String job = job(arguments, JOBS, "login SESSION, logout or list");
    refuseNoName(names);
    refuseMoreWords(names, job.equals("list") ? 1 : 2);
    LOGIN_OPTIONS.forEach(option -> belongs(arguments, option, job, "login"));
    belongs(arguments, "all", job, "logout");
    belongs(arguments, "json", job, "list");
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
      if (arguments.has(option.getLongOpt())) {
        form.add(option.getLongOpt(), "true");
      }
    }
    return client.callAndPrint("sso", client.fitted(form));
  }

  private void belongs(Arguments arguments, String option, String job, String owner) {
    if (arguments.has(option) && !job.equals(owner)) {
      throw usage("--" + option + " belongs to `jvault sso " + owner + "`; leave it out.");
    }
  }
}
