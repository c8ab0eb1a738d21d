package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;

/** Runs the daemon, and keeps profiles ready for programs that find the endpoint by themselves. */
final class ServerVerb extends Verb {
  ServerVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "server",
            "run the daemon, and keep profiles ready for IDEs and apps",
            "[--profile NAME]… [--imds NAME=PORT]… [--background] [--port N] | --forget NAME",
            List.of(
                "jvault server --profile dev --background",
                "jvault server --imds dev=9171 --imds ops=9172 --background",
                "jvault server --forget dev",
                "jvault server --port 9170")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(
            valued("profile", "NAME", "keep this profile ready until --forget (may be repeated)"))
        .addOption(
            valued("imds", "NAME=PORT", "serve it as EC2 metadata on this port (may be repeated)"))
        .addOption(valued("imds-v1", "NAME", "answer IMDSv1 too, for this profile"))
        .addOption(valued("forget", "NAME", "keep it ready no longer (may be repeated)"))
        .addOption(null, "background", false, "return when the daemon is ready to answer")
        .addOption(valued("port", "N", "the port on 127.0.0.1; remembered"))
        .addOption(DeliveryOptions.prompt());
  }

  @Override
  void check(Arguments arguments) {
    refuseNoName(arguments.values("profile"));
    refuseNoName(arguments.values("imds"));
    refuseNoName(arguments.values("forget"));
    for (String other : List.of("profile", "imds", "imds-v1", "port")) {
      refuseBoth(arguments, "forget", other);
    }
    String port = arguments.value("port");
    if (arguments.has("port") && !isPort(port)) {
      throw usage("--port is a number from 1 to 65535, not `" + port + "`.");
    }
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    if (arguments.has("forget")) {
      return client.callAndPrint("server", arguments.form());
    }
    return arguments.has("background")
        ? background(arguments, client)
        : foreground(arguments, client);
  }

  private static int background(Arguments arguments, Client client) throws IOException {
    Form form = arguments.form();
    try {
      return client.print(client.callRunning("server", form));
    } catch (NoDaemonException _) {
      client.start(portOption(arguments));
      return client.callAndPrint("server", arguments.form());
    }
  }

  private static int foreground(Arguments arguments, Client client) throws IOException {
    if (new FormerDaemon(client.invocation()).socket().isPresent()) {
      throw new JvaultException(
          ExitCode.DAEMON,
          ErrorCode.ALREADY_RUNNING,
          "A jvault daemon of an older version is running; run `jvault stop`, then try again.");
    }
    if (client.search().startsAtARequest()) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "systemd keeps jvault's sockets and starts it at the first request; use `jvault server"
              + " --background`, or run `systemctl --user stop jvault.socket` first.");
    }
    var options = new ArrayList<>(portOption(arguments));
    options.add("--foreground");
    Process daemon = new DaemonLauncher(client.invocation()).start(options);
    try (var _ = new ChildProcess(daemon)) {
      int exit = client.callAndPrint("server", arguments.form());
      return exit == ExitCode.OK.status() ? daemon.waitFor() : exit;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.status();
    }
  }

  private static List<String> portOption(Arguments arguments) {
    return arguments.has("port") ? List.of("--port", arguments.value("port")) : Client.ANY_PORT;
  }

  private static boolean isPort(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port < 65_536;
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
