package dev.jvault.server;

import dev.jvault.protocol.RuntimeFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a daemon was started.
 *
 * @param files where its files are
 * @param port the endpoint's port that was chosen by name, which is remembered
 * @param portFallback whether any free port will do when the wanted one is taken
 * @param predecessor the daemon that hands its ports over, if one does
 * @param installation the folder of the installed program
 * @param home the user's home, where the AWS CLI has its caches
 * @param environment of its process: where it runs, and credentials that it was given
 */
record ServerConfig(
    RuntimeFiles files,
    OptionalInt port,
    boolean portFallback,
    Optional<Predecessor> predecessor,
    String installation,
    Path home,
    Map<String, String> environment) {
  /**
   * The daemon whose place is taken.
   *
   * @param port its endpoint's TCP port, which it shares for the moment
   * @param pid its process id
   */
  record Predecessor(int port, long pid) {}

  /** A daemon that follows nobody and was given nothing. */
  ServerConfig(
      RuntimeFiles files, OptionalInt port, boolean portFallback, String installation, Path home) {
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
