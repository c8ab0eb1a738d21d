package dev.jvault.server;

import dev.jvault.protocol.Installation;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.systemd.InheritedSockets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a daemon was started.
 *
 * @param files the locations of its files
 * @param port the endpoint's port that the user chose, which is remembered
 * @param portFallback whether any free port will do if the wanted one is taken
 * @param predecessor the daemon that hands its ports over, if there is one
 * @param installation where the program lies
 * @param home the user's home, where the AWS CLI has its caches
 * @param environment the variables of its process, which may hold credentials
 * @param activation what started it
 */
record ServerConfig(
    RuntimeFiles files,
    OptionalInt port,
    boolean portFallback,
    Optional<Predecessor> predecessor,
    Installation installation,
    Path home,
    Map<String, String> environment,
    Activation activation) {
  /**
   * The daemon that this one replaces.
   *
   * @param port its endpoint's TCP port, which it shares during the handover
   * @param pid its process id
   */
  record Predecessor(int port, long pid) {}

  /** The config of a daemon that a client starts. */
  ServerConfig(
      RuntimeFiles files,
      OptionalInt port,
      boolean portFallback,
      Optional<Predecessor> predecessor,
      Installation installation,
      Path home,
      Map<String, String> environment) {
    this(files, port, portFallback, predecessor, installation, home, environment, Activation.NONE);
  }

  /** The same daemon with the sockets that systemd keeps. */
  ServerConfig with(InheritedSockets sockets) {
    return new ServerConfig(
        files,
        port,
        portFallback,
        predecessor,
        installation,
        home,
        environment,
        activation.with(sockets));
  }

  /** The config of a daemon without a predecessor and without variables. */
  ServerConfig(
      RuntimeFiles files,
      OptionalInt port,
      boolean portFallback,
      Installation installation,
      Path home) {
    this(files, port, portFallback, Optional.empty(), installation, home, Map.of());
  }

  /** Leaves out the variables, which may hold credentials. */
  @Override
  public String toString() {
    return "ServerConfig[files=%s, port=%s, predecessor=%s, home=%s]"
        .formatted(files, port, predecessor, home);
  }

  /** The AWS CLI's cache of tokens of IAM Identity Center. */
  Path ssoCache() {
    return home.resolve(".aws/sso/cache");
  }
}
