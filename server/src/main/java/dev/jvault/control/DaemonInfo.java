package dev.jvault.control;

import dev.jvault.protocol.Installation;
import dev.jvault.protocol.RuntimeFiles;
import java.time.Instant;

/**
 * The facts about a daemon; only its port may change while it runs.
 *
 * @param pid its process id
 * @param started when it started
 * @param endpointPort the endpoint's TCP port
 * @param files where it keeps its files
 * @param installation where the program lies
 * @param socketsKept whether systemd keeps its sockets, in which requests wait while none runs
 */
public record DaemonInfo(
    long pid,
    Instant started,
    EndpointPort endpointPort,
    RuntimeFiles files,
    Installation installation,
    boolean socketsKept) {
  /** The facts about a daemon that binds its sockets itself. */
  public DaemonInfo(
      long pid,
      Instant started,
      EndpointPort endpointPort,
      RuntimeFiles files,
      Installation installation) {
    this(pid, started, endpointPort, files, installation, false);
  }

  /** The number of the port. */
  int port() {
    return endpointPort.number();
  }

  /** The address of the endpoint, without a path. */
  String endpoint() {
    return "http://127.0.0.1:" + port();
  }
}
