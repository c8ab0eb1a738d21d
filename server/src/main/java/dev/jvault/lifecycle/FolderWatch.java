package dev.jvault.lifecycle;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import dev.jvault.protocol.FileFault;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a check as soon as anything is deleted or changed in some folders. If the system cannot
 * watch folders, the heartbeat alone checks.
 */
public final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final WatchService service;
  private final WatchEvent.Kind<?>[] kinds;
  private final Supplier<Collection<Path>> folders;
  private final BooleanSupplier check;

  private FolderWatch(
      WatchService service,
      Supplier<Collection<Path>> folders,
      BooleanSupplier check,
      WatchEvent.Kind<?>... kinds) {
    this.service = service;
    this.kinds = kinds;
    this.folders = folders;
    this.check = check;
  }

  /**
   * Starts to watch for deletions.
   *
   * @param folders the folders to watch; those that do not exist are left out
   * @param check runs at the start and after each deletion, on the watch's thread; returns whether
   *     to run it again, because it has made something in the folders
   */
  public static AutoCloseable deletions(Supplier<Collection<Path>> folders, BooleanSupplier check) {
    return start("deletions", folders, check, ENTRY_DELETE);
  }

  /** The same for all changes: files that are new, written or gone. */
  public static AutoCloseable changes(Supplier<Collection<Path>> folders, BooleanSupplier check) {
    return start("changes", folders, check, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
  }

  private static AutoCloseable start(
      String name,
      Supplier<Collection<Path>> folders,
      BooleanSupplier check,
      WatchEvent.Kind<?>... kinds) {
    try {
      var watch =
          new FolderWatch(FileSystems.getDefault().newWatchService(), folders, check, kinds);
      Thread.ofVirtual().name(name).start(watch::run);
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
      var _ = folder.register(service, kinds);
    } catch (IOException _) {
      // It does not exist, and is registered once it is made again.
    }
  }
}
