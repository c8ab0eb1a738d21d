package dev.jvault.session;

import dev.jvault.clock.Clocks;
import dev.jvault.credential.SourceChain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides which sessions are replaced ahead of time, and when: those that were used lately and
 * those of profiles that are kept ready, unless the user would have to be asked. Safe for many
 * threads.
 */
final class RefreshSchedule {
  /** How long a session that could not be obtained is shown. */
  private static final Duration TROUBLE_SHOWN = Duration.ofHours(1);

  private final SessionCache cache;
  private final Usages usages;
  private final RefusedKeys refused;
  private final Clocks clocks;
  private volatile Supplier<Set<String>> kept = Set::of;

  RefreshSchedule(SessionCache cache, Usages usages, RefusedKeys refused, Clocks clocks) {
    this.cache = cache;
    this.usages = usages;
    this.refused = refused;
    this.clocks = clocks;
  }

  /** Keeps the sessions of these profiles ready from now on, used or not. */
  void keep(Supplier<Set<String>> profiles) {
    kept = profiles;
  }

  /** The profiles that are kept ready. */
  Set<String> kept() {
    return kept.get();
  }

  /**
   * Starts to refresh each session that is due. Does not wait for AWS.
   *
   * @return when the next session is due, by the wall clock; empty if none is scheduled
   */
  Optional<Instant> refreshDue() {
    Instant now = clocks.instant();
    Instant steady = clocks.steady();
    usages.removeOld(request -> cache.present(request).isEmpty());
    Optional<Instant> next = Optional.empty();
    Set<String> keptNow = kept();
    for (Usages.Usage usage : usages.all()) {
      SourceChain chain = usage.latest().chain();
      boolean keep = keptNow.contains(chain.profile());
      if (!keep && !RefreshPolicy.usedLately(usage.lastUse(), steady)) {
        continue;
      }
      Optional<Instant> due = nextRefresh(usage);
      if (due.isPresent() && !due.get().isAfter(now)) {
        var _ = cache.refresh(chain);
      } else if (keep && missing(usage, steady)) {
        cache.load(usage.latest());
      } else if (due.isPresent() && next.map(due.get()::isBefore).orElse(true)) {
        next = due;
      }
    }
    return next;
  }

  /**
   * All sessions in memory, and those that could not be obtained lately. The latest try to obtain a
   * session replaces earlier failures, such as those of another endpoint.
   */
  List<SessionView> views() {
    Instant eldest = clocks.instant().minus(TROUBLE_SHOWN);
    Duration wallAhead = Duration.between(clocks.steady(), clocks.instant());
    List<SessionView> all =
        usages.all().stream()
            .flatMap(usage -> view(usage, wallAhead).stream())
            .sorted(Comparator.comparing(SessionView::lastTry))
            .toList();
    var shown = new ArrayList<SessionView>();
    for (SessionView view : all.reversed()) {
      boolean latestFailure =
          view.lastTry().isAfter(eldest) && shown.stream().noneMatch(view::sameSession);
      if (view.expiration().isPresent() || latestFailure) {
        shown.add(view);
      }
    }
    return List.copyOf(shown.reversed());
  }

  private boolean missing(Usages.Usage usage, Instant steady) {
    return !refused.refused(usage.latest().chain())
        && usage.mayRefresh(steady)
        && !cache.contains(usage.latest());
  }

  private Optional<SessionView> view(Usages.Usage usage, Duration wallAhead) {
    SourceChain chain = usage.latest().chain();
    Instant lastTry = usage.lastTry().plus(wallAhead);
    return cache
        .present(usage.latest())
        .map(session ->
            new SessionView(chain, session, nextRefresh(usage), usage.lastError(), lastTry))
        .or(() -> usage.lastError().map(error -> new SessionView(chain, error, lastTry)));
  }

  private Optional<Instant> nextRefresh(Usages.Usage usage) {
    SourceChain chain = usage.latest().chain();
    if (usage.givenUp() || refused.refused(chain) || chain.top().needsPerson()) {
      return Optional.empty();
    }
    return cache
        .present(usage.latest())
        .map(RefreshPolicy::due)
        .map(due -> later(due, usage.notBefore()));
  }

  /** The later of a time by the wall clock and one by the steady clock, by the wall clock. */
  private Instant later(Instant due, Instant notBefore) {
    Instant steady = clocks.steady();
    if (!notBefore.isAfter(steady)) {
      return due;
    }
    Instant earliest = clocks.instant().plus(Duration.between(steady, notBefore));
    return due.isBefore(earliest) ? earliest : due;
  }
}
