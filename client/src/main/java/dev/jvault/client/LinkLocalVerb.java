package dev.jvault.client;

import dev.jvault.linklocal.InvokingUser;
import dev.jvault.linklocal.LinkLocal;
import dev.jvault.linklocal.UserContext;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/**
 * Makes the addresses at which AWS itself serves credentials answer the user's programs. The jobs
 * {@code ports} and {@code probe} are internal: root runs them as the user.
 */
final class LinkLocalVerb extends Verb {
  private static final String NAME = "link-local";
  private static final List<String> WITH_PROFILE = List.of("up", "ports");
  private static final List<String> JOBS = List.of("up", "ports", "down", "status", "probe");

  LinkLocalVerb() {
    super(
        Names.ONE_OR_MORE,
        new VerbHelp(
            NAME,
            "answer at AWS's own addresses, such as 169.254.169.254",
            "up [--dry-run] NAME | down [--dry-run] | status [--json]",
            List.of(
                "sudo jvault link-local up dev",
                "jvault link-local up --dry-run dev",
                "jvault link-local status",
                "sudo jvault link-local down")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "dry-run", false, "print each command and run none")
        .addOption(null, "json", false, "status as JSON");
  }

  @Override
  Arguments read(List<String> args) {
    Arguments arguments = Arguments.read(this, args);
    List<String> names = arguments.names();
    String job = job(arguments, JOBS, "up NAME, down or status");
    boolean profile = WITH_PROFILE.contains(job);
    if (profile && names.size() == 1) {
      throw usage("Say which profile: jvault link-local " + job + " NAME.");
    }
    refuseNoName(names);
    refuseMoreWords(names, profile ? 2 : 1);
    if (arguments.has("json") && !job.equals("status")) {
      throw usage("--json belongs to `jvault link-local status`; leave it out.");
    }
    if (arguments.has("dry-run") && !job.equals("up") && !job.equals("down")) {
      throw usage("--dry-run belongs to `jvault link-local up` and `down`; leave it out.");
    }
    return arguments;
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    String job = arguments.names().get(0);
    if (job.equals("ports")) {
      return client.print(ports(client, arguments.names().get(1)));
    }
    LinkLocal addresses = addresses(client);
    boolean dryRun = arguments.has("dry-run");
    LinkLocal.Report report =
        switch (job) {
          case "up" -> addresses.up(arguments.names().get(1), dryRun);
          case "down" -> addresses.down(dryRun);
          case "probe" -> addresses.probe();
          default -> addresses.status(arguments.has("json"));
        };
    int _ = client.print(report.text());
    return report.exit();
  }

  private static LinkLocal addresses(Client client) {
    Invocation invocation = client.invocation();
    var invokingUser =
        new InvokingUser(
            System.getProperty("os.name", ""),
            invocation.uid(),
            invocation.environment(),
            invocation.launcher());
    return LinkLocal.of(invokingUser, new CallingUser(client, invokingUser));
  }

  private static Response ports(Client client, String profile) {
    return client.call(NAME, new Form().add("profile", profile));
  }

  /** The user that this process runs as. */
  private record CallingUser(Client client, InvokingUser invokingUser) implements UserContext {
    @Override
    public Reply ports(String profile) {
      Response response = LinkLocalVerb.ports(client, profile);
      client.warn(response);
      return new Reply(response.exit(), response.text());
    }

    @Override
    public String probe() {
      return LinkLocal.of(invokingUser, this).probe().text();
    }
  }
}
