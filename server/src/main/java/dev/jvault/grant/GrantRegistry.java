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
 * All grants, in memory and in their file. Readers get an immutable map and never block, so no
 * request waits for the disk. Changes are made one after another.
 */
final class GrantRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(GrantRegistry.class);

  private final GrantFile file;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Map<String, GrantEntry> entries;
  private boolean unsaved;
  private boolean released;

  /** Reads the kept grants. */
  GrantRegistry(GrantFile file) {
    this.file = file;
    var kept = new LinkedHashMap<String, GrantEntry>();
    file.read().forEach(entry -> kept.put(entry.grant().id(), entry));
    this.entries = Collections.unmodifiableMap(kept);
  }

  /** All entries, the oldest first. */
  Collection<GrantEntry> all() {
    return entries.values();
  }

  Optional<GrantEntry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /**
   * Runs a piece of work while no other thread can change anything. The methods below are to be
   * called inside such work.
   *
   * @throws JvaultException if the file belongs to another process by now
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

  /** Saves, and refuses all changes from then on. */
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

  /** Puts an entry into the file and then into memory; if the file fails, nothing changes. */
  void put(GrantEntry entry) {
    Map<String, GrantEntry> next = with(entry);
    write(next);
    entries = next;
  }

  /** Puts an entry into memory; the next change or {@link #save()} writes it. */
  void putInMemory(GrantEntry entry) {
    entries = with(entry);
    unsaved = true;
  }

  /** Removes entries from memory; the caller has to {@link #save()}. */
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

  /** Writes the file if it differs from memory or has been deleted. */
  void save() {
    if (unsaved
        || (!entries.isEmpty() && file.missing())
        || entries.values().stream().anyMatch(entry -> entry.lastUse().worthWriting())) {
      write(entries);
    }
  }

  /** The entry that the file has for a grant now; another daemon may have written it. */
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
