package dev.jvault.lifecycle;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands this daemon's ports to its successor and stops: when the client says so, 5 s after the
 * successor's socket appears, 1 s after the client dies, or after 20 s. Never rolled back: the
 * successor may already be writing the files.
 */
public final class OutgoingHandover {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingHandover.class);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration AFTER_SUCCESSOR = Duration.ofSeconds(5);
  private static final Duration AFTER_CLIENT = Duration.ofSeconds(1);

  private final Path controlSocket;
  private final BooleanSupplier sharePorts;
  private final Runnable stop;
  private final List<Runnable> givenUp = new CopyOnWriteArrayList<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * A handover that has not begun.
   *
   * @param controlSocket the well-known path of the control socket
   * @param sharePorts lets a successor listen on this daemon's ports; false if the system refuses
   * @param stop begins the ordered end
   */
  public OutgoingHandover(Path controlSocket, BooleanSupplier sharePorts, Runnable stop) {
    this.controlSocket = controlSocket;
    this.sharePorts = sharePorts;
    this.stop = stop;
  }

  /** Adds what only one daemon may have. It is given up in this order when the handover begins. */
  public void givesUp(Runnable... parts) {
    givenUp.addAll(List.of(parts));
  }

  /** Whether it has begun: the control socket is not ours any more. */
  public boolean begun() {
    return begun.get();
  }

  /**
   * Begins: shares the ports, gives up what only one daemon may have, and arranges the stop. The
   * ports come first because they alone may be refused by the system; then this daemon stops with
   * everything closed, as it does for any other end.
   *
   * @param clientEnd completes when the client that starts the successor has ended
   * @return whether the ports are shared
   * @throws JvaultException if a handover has begun already
   */
  public boolean begin(CompletableFuture<?> clientEnd) {
    if (!begun.compareAndSet(false, true)) {
      throw new JvaultException(
          ExitCode.DAEMON,
          ErrorCode.HANDOVER_IN_PROGRESS,
          "Another daemon is taking over already; try again in a moment.");
    }
    LOG.info("event=handing_over");
    if (!sharePorts.getAsBoolean()) {
      stop.run();
      return false;
    }
    try {
      givenUp.forEach(Runnable::run);
    } catch (RuntimeException e) {
      stop.run();
      throw e;
    }
    stopLater(clientEnd);
    return true;
  }

  private void stopLater(CompletableFuture<?> clientEnd) {
    var end = new CompletableFuture<Void>();
    within(LONGEST, end);
    var _ = clientEnd.thenRun(() -> within(AFTER_CLIENT, end));
    Thread watch =
        Thread.ofVirtual()
            .name("successor")
            .start(() -> {
              if (awaitSuccessor()) {
                within(AFTER_SUCCESSOR, end);
              }
            });
    var _ =
        end.thenRun(() -> {
          watch.interrupt();
          LOG.info("event=handed_over successor={}", Files.exists(controlSocket));
          stop.run();
        });
  }

  private static void within(Duration span, CompletableFuture<Void> end) {
    var _ = end.completeOnTimeout(null, span.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until the successor's control socket is there; false if that cannot be observed. */
  private boolean awaitSuccessor() {
    Path folder = controlSocket.resolveSibling("");
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      WatchKey key = folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!Files.exists(controlSocket)) {
        var _ = watch.take().pollEvents();
        if (!key.reset()) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      LOG.warn("event=successor_not_watched reason=\"{}\"", FileFault.reason(e));
      return false;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
