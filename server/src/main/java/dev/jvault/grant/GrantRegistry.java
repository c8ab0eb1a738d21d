package dev.jvault.grant;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
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
  private final Optional<String> trouble;
  private volatile Map<String, GrantEntry> entries;
  private boolean unsaved;
  private boolean released;

  /** Reads the kept grants. */
  GrantRegistry(GrantFile file) {
    this.file = file;
    var kept = new LinkedHashMap<String, GrantEntry>();
    file.read().forEach(entry -> kept.put(entry.grant().id(), entry));
    this.entries = Collections.unmodifiableMap(kept);
    this.trouble = file.trouble();
  }

  /** A sentence for the user if the file could not be read when this daemon started. */
  Optional<String> trouble() {
    return trouble;
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
      LOG.warn("event=grants_not_written reason=\"{}\"", e.logged());
    } finally {
      released = true;
      changing.unlock();
    }
  }

  /** Puts entries into the file and then into memory; if the file fails, nothing changes. */
  void put(List<GrantEntry> changed) {
    Map<String, GrantEntry> next = with(changed);
    write(next);
    entries = next;
  }

  /** Puts entries into memory; the next change or {@link #save()} writes them. */
  void putInMemory(List<GrantEntry> changed) {
    if (!changed.isEmpty()) {
      entries = with(changed);
      unsaved = true;
    }
  }

  /**
   * Refuses a grant whose variables the file cannot keep.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} if one is too long
   */
  void requireReadable(GrantEntry entry) {
    if (!file.readable(entry)) {
      String longest =
          entry.grant().environment().all().entrySet().stream()
              .max(Comparator.comparingInt(variable -> variable.getValue().length()))
              .map(variable ->
                  "%s has %d characters".formatted(variable.getKey(), variable.getValue().length()))
              .orElse("its profile's name");
      throw new JvaultException(
          ExitCode.FAULT,
          "A variable of this command is too long to be kept with its grant (%s); shorten it."
              .formatted(longest));
    }
  }

  /**
   * Refuses a grant that the file has no room for.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} if there are as many as jvault keeps
   */
  void requireRoom() {
    if (entries.size() >= GrantFile.MOST || file.full()) {
      throw new JvaultException(
          ExitCode.FAULT,
          ("There are %d grants, and jvault keeps no more; `jvault grants` lists them, `jvault"
                  + " revoke ID` ends one, and `jvault revoke --all` ends all.")
              .formatted(entries.size()));
    }
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

  /** The entries that the file has now; another daemon may have written them. */
  Map<String, GrantEntry> inFile() {
    Map<String, GrantEntry> kept = new HashMap<>();
    file.read().forEach(entry -> kept.put(entry.grant().id(), entry));
    return kept;
  }

  private Map<String, GrantEntry> with(List<GrantEntry> changed) {
    var next = new LinkedHashMap<>(entries);
    changed.forEach(entry -> next.put(entry.grant().id(), entry));
    return Collections.unmodifiableMap(next);
  }

  private void write(Map<String, GrantEntry> next) {
    unsaved = true;
    file.write(next.values());
    unsaved = false;
  }
}
