package dev.jvault.client;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits until something changes in a folder. */
final class FolderWatch implements AutoCloseable {
  /**
   * The longest wait before the caller looks by itself. Some changes raise no event in the folder
   * (a killed daemon leaves its socket behind), and macOS reports events only every two seconds.
   */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Path folder;
  private final WatchService service;

  private FolderWatch(Path folder, WatchService service) {
    this.folder = folder;
    this.service = service;
  }

  /**
   * Begins to watch an existing folder. Look once after this returns: earlier changes raise no
   * event.
   */
  static FolderWatch of(Path folder) {
    try {
      WatchService service = folder.getFileSystem().newWatchService();
      try {
        folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
        return new FolderWatch(folder, service);
      } catch (IOException e) {
        service.close();
        throw e;
      }
    } catch (IOException e) {
      throw fault(folder, e);
    }
  }

  /**
   * Waits until a condition about a folder's files holds. The folder may be removed meanwhile.
   *
   * @param longest measured by the monotonic clock
   * @return whether it holds
   */
  static boolean await(Path folder, BooleanSupplier condition, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    try (var watch = of(folder)) {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        boolean _ = watch.changed();
      }
      return true;
    }
  }

  /**
   * Waits for a change, at most half a second.
   *
   * @throws JvaultException with {@link ExitCode#INTERRUPTED} if this thread is interrupted
   */
  void awaitChange() {
    if (!changed()) {
      throw new JvaultException(
          ExitCode.FAULT, "The folder " + folder + " was removed; try again.");
    }
  }

  /** Waits for a change, at most half a second; false if the folder was removed. */
  private boolean changed() {
    try {
      WatchKey key = service.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      if (key == null) {
        return true;
      }
      key.pollEvents();
      return key.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JvaultException(ExitCode.INTERRUPTED, "The wait was interrupted; try again.", e);
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw fault(folder, e);
    }
  }

  private static JvaultException fault(Path folder, IOException e) {
    return new JvaultException(
        ExitCode.FAULT,
        "The folder " + folder + " cannot be watched: " + e.getMessage() + "; try again.",
        e);
  }
}
