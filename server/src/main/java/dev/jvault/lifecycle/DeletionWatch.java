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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a check as soon as anything is deleted in some folders. If the system cannot watch folders,
 * the heartbeat alone checks.
 */
public final class DeletionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeletionWatch.class);

  private final WatchService service;
  private final Supplier<Collection<Path>> folders;
  private final BooleanSupplier check;

  private DeletionWatch(
      WatchService service, Supplier<Collection<Path>> folders, BooleanSupplier check) {
    this.service = service;
    this.folders = folders;
    this.check = check;
  }

  /**
   * Starts to watch.
   *
   * @param folders the folders to watch; those that do not exist are left out
   * @param check runs at the start and after each deletion, on the watch's thread; returns whether
   *     to run it again, because it has made something in the folders
   */
  public static AutoCloseable start(Supplier<Collection<Path>> folders, BooleanSupplier check) {
    try {
      var watch = new DeletionWatch(FileSystems.getDefault().newWatchService(), folders, check);
      Thread.ofVirtual().name("deletions").start(watch::run);
      return watch;
    } catch (IOException e) {
      LOG.warn("event=folders_not_watched reason=\"{}\"", FileFault.reason(e));
      return () -> {};
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }

  private void run() {
    try {
      while (true) {
        look();
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

  private void look() {
    do {
      // First, so that no deletion after the check is missed.
      folders.get().forEach(this::register);
    } while (check.getAsBoolean());
  }

  private void register(Path folder) {
    try {
      var _ = folder.register(service, ENTRY_DELETE);
    } catch (IOException _) {
      // It does not exist, and is registered once it is made again.
    }
  }
}
