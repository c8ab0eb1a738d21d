package dev.jvault.server;

import dev.jvault.control.Handover;
import dev.jvault.lifecycle.OtherVersion;
import dev.jvault.lifecycle.Successor;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.protocol.StartLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Hands over to a daemon of another version, which this daemon starts itself. If that one does not
 * start, one of this version takes over, because a handover cannot be taken back.
 *
 * @param files where the lock for starting daemons is
 * @param own where this program lies
 * @param port the endpoint's TCP port
 * @param pid this daemon's process id
 * @param successor starts daemons
 * @param handover begins the handover
 * @param mayBegin whether it is still the moment, and no other handover has begun
 */
record UpgradeHandover(
    RuntimeFiles files,
    Installation own,
    IntSupplier port,
    long pid,
    Successor successor,
    Handover handover,
    BooleanSupplier mayBegin)
    implements Predicate<OtherVersion> {
  @Override
  public boolean test(OtherVersion next) {
    if (!successor.runs(next)) {
      return false;
    }
    // No client starts a daemon meanwhile.
    try (var _ = StartLock.take(files.state())) {
      if (mayBegin.getAsBoolean()) {
        begin(next);
      }
      return true;
    }
  }

  private void begin(OtherVersion next) {
    var options =
        new ArrayList<>(
            List.of(
                "--share-port",
                Integer.toString(port.getAsInt()),
                "--predecessor",
                Long.toString(pid)));
    var done = new CompletableFuture<Void>();
    try {
      if (handover.begin(done) == Handover.Sockets.SHARED
          && !successor.start(next.launcher(), options)) {
        options.addAll(List.of("--failed-upgrade", next.version()));
        boolean _ = successor.start(own.launcher(), options);
      }
    } finally {
      done.complete(null);
    }
  }
}
