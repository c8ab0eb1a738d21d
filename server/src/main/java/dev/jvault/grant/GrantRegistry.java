package dev.jvault.grant;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All grants, in memory and in their file. Whoever reads sees a map that never changes, and so
 * waits for nobody: no request waits for a disk. Changes are made one after another.
 */
final class GrantRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(GrantRegistry.class);

  private final GrantFile file;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Map<String, GrantEntry> entries;
  private boolean unsaved;
  private boolean released;

  /** Reads what was kept. */
  GrantRegistry(GrantFile file) {
    this.file = file;
    var kept = new LinkedHashMap<String, GrantEntry>();
    file.read().forEach(entry -> kept.put(entry.grant().id(), entry));
    this.entries = Collections.unmodifiableMap(kept);
  }

  /** The oldest first. */
  Collection<GrantEntry> all() {
    return entries.values();
  }

  Optional<GrantEntry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /**
   * Does something to which nobody else's change comes between; all that follow are meant for it.
   *
   * @throws JvaultException if the file is another process's by now
   */
  <T> T change(Supplier<T> work) {
    changing.lock();
    try {
      if (released) {
        throw new JvaultException(
            ExitCode.UNAVAILABLE, "Another jvault daemon is taking over; try again in a moment.");
      }
      return work.get();
    } finally {
      changing.unlock();
    }
  }

  /** Writes what is to be written, and changes nothing any more. */
  void release() {
    changing.lock();
    try {
      save();
    } catch (JvaultException e) {
      LOG.warn("event=grants_not_written reason=\"{}\"", e.sentence());
    } finally {
      released = true;
      changing.unlock();
    }
  }

  /** Sets an entry in the file and then in memory: where the file fails, nothing has changed. */
  void put(GrantEntry entry) {
    Map<String, GrantEntry> next = with(entry);
    write(next);
    entries = next;
  }

  /** Sets an entry in memory, and leaves the file to the next change or {@link #save()}. */
  void putInMemory(GrantEntry entry) {
    entries = with(entry);
    unsaved = true;
  }

  /** Removes entries from memory; {@link #save()} is to follow. */
  List<Grant> remove(Predicate<Grant> which) {
    var next = new LinkedHashMap<>(entries);
    List<Grant> removed = new ArrayList<>();
    next.values().removeIf(entry -> which.test(entry.grant()) && removed.add(entry.grant()));
    if (!removed.isEmpty()) {
      entries = Collections.unmodifiableMap(next);
      unsaved = true;
    }
    return removed;
  }

  /** Writes the file, if it is not what memory is or has been taken away. */
  void save() {
    if (unsaved
        || (!entries.isEmpty() && file.missing())
        || entries.values().stream().anyMatch(entry -> entry.lastUse().worthWriting())) {
      write(entries);
    }
  }

  /** What the file has of a grant now: another daemon may have written it. */
  Optional<GrantEntry> inFile(String id) {
    return file.read().stream().filter(entry -> entry.grant().id().equals(id)).findFirst();
  }

  private Map<String, GrantEntry> with(GrantEntry entry) {
    var next = new LinkedHashMap<>(entries);
    next.put(entry.grant().id(), entry);
    return Collections.unmodifiableMap(next);
  }

  private void write(Map<String, GrantEntry> next) {
    unsaved = true;
    file.write(next.values());
    unsaved = false;
  }
}
