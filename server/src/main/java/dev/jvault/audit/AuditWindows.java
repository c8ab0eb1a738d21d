package dev.jvault.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the issuances to each client. The first issuance opens a window and is an entry at once;
 * those that follow are counted, and become one entry when the window ends. Safe for many threads.
 */
final class AuditWindows {
  /** The length of a window. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  /** How many clients have a window at most; for other clients every issuance is an entry. */
  static final int MOST = 1000;

  private final Map<Issuance, Window> open = new HashMap<>();

  /**
   * Adds an issuance.
   *
   * @return the entries to write now
   */
  synchronized List<AuditEntry> add(Issuance issuance) {
    Issuance client = issuance.client();
    Window window = open.get(client);
    if (window != null && !window.ended(issuance.time())) {
      window.count(issuance);
      return List.of();
    }
    List<AuditEntry> entries = new ArrayList<>();
    if (window != null) {
      open.remove(client);
      window.entry().ifPresent(entries::add);
    }
    if (open.size() < MOST) {
      open.put(client, new Window(issuance));
    }
    entries.add(AuditEntry.once(issuance));
    return entries;
  }

  /**
   * Closes the windows that have ended.
   *
   * @return the entries to write for them
   */
  synchronized List<AuditEntry> ended(Instant now) {
    List<AuditEntry> entries = new ArrayList<>();
    open.values()
        .removeIf(window -> {
          boolean ended = window.ended(now);
          if (ended) {
            window.entry().ifPresent(entries::add);
          }
          return ended;
        });
    return entries;
  }

  /** The entries for what has been counted so far. */
  synchronized List<AuditEntry> counted() {
    return open.values().stream().flatMap(window -> window.entry().stream()).toList();
  }

  /**
   * Closes all windows.
   *
   * @return the entries to write for them
   */
  synchronized List<AuditEntry> close() {
    List<AuditEntry> entries = counted();
    open.clear();
    return entries;
  }

  /** The issuances to one client after the first. */
  private static final class Window {
    private final Instant begin;
    private Optional<Instant> since = Optional.empty();
    private Issuance last;
    private long times;

    Window(Issuance first) {
      begin = first.time();
      last = first;
    }

    void count(Issuance issuance) {
      since = since.or(() -> Optional.of(issuance.time()));
      last = issuance;
      times++;
    }

    /** Whether the window is over; a clock that was set back ends it too. */
    boolean ended(Instant now) {
      return Duration.between(begin, now).abs().compareTo(LENGTH) >= 0;
    }

    Optional<AuditEntry> entry() {
      return times == 0
          ? Optional.empty()
          : Optional.of(times == 1 ? AuditEntry.once(last) : new AuditEntry(last, times, since));
    }
  }
}
