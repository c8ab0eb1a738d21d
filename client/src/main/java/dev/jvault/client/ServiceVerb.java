package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.JvaultException;
import dev.jvault.service.Service;
import dev.jvault.service.ServiceUser;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Has the daemon started from login on, by whatever starts programs on this machine. */
final class ServiceVerb extends Verb {
  private static final List<String> JOBS = List.of("install", "uninstall", "status", "logs");

  ServiceVerb() {
    super(
        Names.ONE,
        new VerbHelp(
            "service",
            "have the daemon started at login or by the first request",
            "install [--profile NAME]… [--imds NAME=PORT]… | uninstall | status | logs [-f]",
            List.of(
                "jvault service install --profile dev",
                "jvault service install --dry-run",
                "jvault service status",
                "jvault service logs --follow",
                "jvault service uninstall")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(valued("profile", "NAME", "install: keep this profile ready (may be repeated)"))
        .addOption(
            valued(
                "imds", "NAME=PORT", "install: serve it as EC2 metadata there (may be repeated)"))
        .addOption(null, "dry-run", false, "show every file and command, and change nothing")
        .addOption("f", "follow", false, "logs: keep printing new lines");
  }

  @Override
  Arguments read(List<String> args) {
    Arguments arguments = Arguments.read(this, args);
    String _ = job(arguments, JOBS, "install, uninstall, status or logs");
    refuseMoreWords(arguments.names(), 1);
    refuseNoName(arguments.values("profile"));
    refuseNoName(arguments.values("imds"));
    belongs(arguments, "profile", List.of("install"));
    belongs(arguments, "imds", List.of("install"));
    belongs(arguments, "dry-run", List.of("install", "uninstall"));
    belongs(arguments, "follow", List.of("logs"));
    return arguments;
  }

  private void belongs(Arguments arguments, String option, List<String> jobs) {
    if (arguments.has(option) && !jobs.contains(arguments.names().get(0))) {
      throw usage(
          "--" + option + " belongs to `jvault service " + jobs.get(0) + "`; leave it out.");
    }
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    Service service =
        Service.of(user(client).withMetadata(arguments.has("imds")), new ServiceDaemon(client));
    var kept = new KeptProfiles(arguments.values("profile"), arguments.values("imds"), client);
    boolean atLogin = !kept.isEmpty();
    boolean dryRun = arguments.has("dry-run");
    return switch (arguments.names().get(0)) {
      case "install" ->
          dryRun
              ? report(service.dryRun(atLogin, kept), client)
              : report(service.install(atLogin, kept), client);
      case "uninstall" ->
          report(dryRun ? service.dryRunOfUninstall() : service.uninstall(), client);
      case "status" -> report(service.status(), client);
      default -> logs(service, arguments.has("follow"), client);
    };
  }

  private static int report(Service.Report report, Client client) throws IOException {
    int _ = client.print(report.text());
    return report.exit();
  }

  private static int logs(Service service, boolean follow, Client client) throws IOException {
    int exit = service.logs(follow, client.out());
    return exit >= 0 ? exit : LogVerb.copy(follow, client);
  }

  private static ServiceUser user(Client client) {
    Invocation invocation = client.invocation();
    if (invocation.launcher().isEmpty()) {
      throw new JvaultException(
          ExitCode.FAULT, "Only the launcher script can be made a service; use it.");
    }
    return new ServiceUser(
        System.getProperty("os.name", ""),
        invocation.uid(),
        invocation.environment(),
        invocation.files(),
        Installation.of(invocation.launcher()).command());
  }
}
