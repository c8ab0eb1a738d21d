package dev.jvault.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the daemon does at each heartbeat: a list of tasks in order. It does nothing once a handover
 * has begun, and stops a daemon that has lost its place, because no client finds it again.
 */
public final class Maintenance implements Supplier<Optional<Instant>> {
  private final Supplier<DaemonPlace.Finding> place;
  private final BooleanSupplier handedOver;
  private final Runnable stop;
  private final List<Supplier<Optional<Instant>>> tasks = new ArrayList<>();

  /**
   * No tasks yet.
   *
   * @param place checks the daemon's place
   * @param handedOver whether a handover has begun
   * @param stop begins the ordered end
   */
  public Maintenance(
      Supplier<DaemonPlace.Finding> place, BooleanSupplier handedOver, Runnable stop) {
    this.place = place;
    this.handedOver = handedOver;
    this.stop = stop;
  }

  /** Adds a task that runs at every heartbeat; call it before the first one. */
  public Maintenance each(Runnable task) {
    return due(() -> {
      task.run();
      return Optional.empty();
    });
  }

  /** Adds a task that says when it wants to run next; call it before the first heartbeat. */
  public Maintenance due(Supplier<Optional<Instant>> task) {
    tasks.add(task);
    return this;
  }

  /** Runs all tasks; returns when the first of them wants to run again. */
  @Override
  public Optional<Instant> get() {
    if (handedOver.getAsBoolean()) {
      return Optional.empty();
    }
    if (place.get() == DaemonPlace.Finding.LOST) {
      stop.run();
      return Optional.empty();
    }
    return tasks.stream()
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
