package dev.jvault.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Counts the issuances to each client. The first issuance opens a window and is an entry at once;
 * those that follow are counted, and become one entry when the window ends. Safe for many threads.
 */
final class AuditWindows {
  /** The length of a window. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  /**
   * How many processes have a window of their own at most. Further ones share the window of their
   * program; from twice as many windows on, programs share that of their grant; from three times as
   * many on, grants that of their profile. So no number of programs turns the history over.
   */
  static final int MOST = 1000;

  private static final List<UnaryOperator<Issuance>> NARROWER =
      List.of(Issuance::ofAnyProcess, Issuance::ofAnyProgram, Issuance::ofAnyGrant);

  private final Map<Issuance, Window> open = new HashMap<>();

  /**
   * Adds an issuance.
   *
   * @return the entries to write now
   */
  synchronized List<AuditEntry> add(Issuance each) {
    Issuance issuance = narrowed(each);
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
    open.put(client, new Window(issuance));
    entries.add(AuditEntry.once(issuance));
    return entries;
  }

  /** Leaves out the process, then the program, then the grant, as the windows become many. */
  private Issuance narrowed(Issuance issuance) {
    Issuance narrowed = issuance;
    int most = MOST;
    for (UnaryOperator<Issuance> step : NARROWER) {
      if (open.size() < most || open.containsKey(narrowed.client())) {
        return narrowed;
      }
      narrowed = step.apply(narrowed);
      most += MOST;
    }
    return narrowed;
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
