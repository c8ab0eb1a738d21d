package dev.jvault.server;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.systemd.InheritedSockets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Reads the command line that the client starts the daemon with. */
final class ServerArguments {
  /** Ends with success if another daemon has the vault. */
  static final String UNLESS_RUNNING = "--unless-running";

  private static final Options OPTIONS =
      new Options()
          .addOption(null, "daemon", false, "selects this program; for the launcher")
          .addOption(null, "foreground", false, "for the launcher")
          .addOption(null, "unless-running", false, "ends with success if another one runs")
          .addOption(null, "port", true, "the endpoint's port")
          .addOption(null, "port-fallback", false, "takes any free port if that one is taken")
          .addOption(null, "share-port", true, "the port of the daemon that this one replaces")
          .addOption(null, "predecessor", true, "the process id of that daemon")
          .addOption(null, "failed-upgrade", true, "the version that did not start")
          .addOption(null, "idle-end", true, "seconds without use until it ends under systemd");

  private ServerArguments() {}

  static ServerConfig parse(
      String[] arguments, Map<String, String> environment, Properties properties) {
    try {
      CommandLine line = new DefaultParser().parse(OPTIONS, arguments);
      String os = properties.getProperty("os.name", "");
      return new ServerConfig(
          RuntimeFiles.of(environment, os).real(),
          line.hasOption("port") ? OptionalInt.of(port(line, "port")) : OptionalInt.empty(),
          line.hasOption("port-fallback"),
          predecessor(line),
          Installation.of(properties.getProperty("jvault.launcher", "jvault")),
          Path.of(RuntimeFiles.home(environment)),
          environment,
          new Activation(
              InheritedSockets.NONE,
              idleEnd(line),
              line.hasOption("foreground"),
              line.getOptionValue("failed-upgrade", "")));
    } catch (ParseException | NumberFormatException e) {
      throw new JvaultException(
          ExitCode.USAGE, "The daemon's command line is wrong: " + e.getMessage() + ".", e);
    }
  }

  private static Optional<ServerConfig.Predecessor> predecessor(CommandLine line) {
    return line.hasOption("share-port")
        ? Optional.of(
            new ServerConfig.Predecessor(
                port(line, "share-port"), Long.parseLong(line.getOptionValue("predecessor", "0"))))
        : Optional.empty();
  }

  private static Duration idleEnd(CommandLine line) {
    return line.hasOption("idle-end")
        ? Duration.ofSeconds(Integer.parseInt(line.getOptionValue("idle-end")))
        : Activation.USUAL_IDLE_END;
  }

  private static int port(CommandLine line, String option) {
    int port = Integer.parseInt(line.getOptionValue(option));
    if (port < 1 || port > 65_535) {
      throw new JvaultException(ExitCode.USAGE, "A port is a number from 1 to 65535.");
    }
    return port;
  }
}
