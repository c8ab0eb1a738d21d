package dev.jvault.client;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.service.DaemonControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The daemon for the verb {@code service}. Nothing connects to the control socket to find out
 * whether a daemon runs, because systemd would start one then.
 */
record ServiceDaemon(Client client) implements DaemonControl {
  @Override
  public long pid() {
    return client.search().holder().map(DaemonLock::pid).orElse(0L);
  }

  @Override
  public void stop() {
    var verb = new StopVerb();
    try {
      int _ = verb.run(verb.read(List.of()), client.silent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void start() {
    client.start(Client.ANY_PORT);
  }
}
