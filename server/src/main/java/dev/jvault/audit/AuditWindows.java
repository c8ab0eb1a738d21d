package dev.jvault.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clients that were given something lately. The first hand-out to a client opens its window and
 * is an entry at once; those that follow are counted, and are one entry when the window ends. Safe
 * for many threads.
 */
final class AuditWindows {
  /** How long hand-outs to one client are counted. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  /** How many clients are remembered; what others get is an entry each time. */
  static final int MOST = 1000;

  private final Map<Issuance, Window> open = new HashMap<>();

  /** Takes a hand-out; what is to be written now. */
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

  /** Closes the windows that have ended; what is to be written for them. */
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

  /** What is counted so far. */
  synchronized List<AuditEntry> counted() {
    return open.values().stream().flatMap(window -> window.entry().stream()).toList();
  }

  /** Closes all windows; what is to be written for them. */
  synchronized List<AuditEntry> close() {
    List<AuditEntry> entries = counted();
    open.clear();
    return entries;
  }

  /** One client's hand-outs after the first. */
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

    /** A clock that was set back ends it as well. */
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
