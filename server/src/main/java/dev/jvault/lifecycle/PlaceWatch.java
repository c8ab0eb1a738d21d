package dev.jvault.lifecycle;

import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import dev.jvault.protocol.FileFault;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the daemon's place as soon as anything is deleted in its folders. If the system cannot
 * watch folders, the heartbeat alone checks the place.
 */
public final class PlaceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlaceWatch.class);

  private final WatchService service;
  private final Supplier<Collection<Path>> folders;
  private final Supplier<DaemonPlace.Finding> check;

  private PlaceWatch(
      WatchService service,
      Supplier<Collection<Path>> folders,
      Supplier<DaemonPlace.Finding> check) {
    this.service = service;
    this.folders = folders;
    this.check = check;
  }

  /**
   * Starts to watch.
   *
   * @param folders the folders to watch; those that do not exist are left out
   * @param check runs at the start, after each deletion, and again after it has made something
   */
  public static AutoCloseable start(
      Supplier<Collection<Path>> folders, Supplier<DaemonPlace.Finding> check) {
    try {
      var watch = new PlaceWatch(FileSystems.getDefault().newWatchService(), folders, check);
      Thread.ofVirtual().name("place").start(watch::run);
      return watch;
    } catch (IOException e) {
      LOG.warn("event=place_not_watched reason=\"{}\"", FileFault.reason(e));
      return () -> {};
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }

  private void run() {
    try {
      while (checked()) {
        WatchKey changed = service.take();
        while (changed != null) {
          var _ = changed.pollEvents();
          boolean _ = changed.reset();
          changed = service.poll();
        }
      }
    } catch (ClosedWatchServiceException _) {
      // The daemon ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Checks until nothing was missing; false if the place is lost. */
  private boolean checked() {
    DaemonPlace.Finding found;
    do {
      // First, so that no deletion after the check is missed.
      folders.get().forEach(this::register);
      found = check.get();
    } while (found == DaemonPlace.Finding.MADE_AGAIN);
    return found != DaemonPlace.Finding.LOST;
  }

  private void register(Path folder) {
    try {
      var _ = folder.register(service, ENTRY_DELETE);
    } catch (IOException _) {
      // It does not exist, and is registered once it is made again.
    }
  }
}
