package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the daemon does at each heartbeat. */
final class MaintenanceTest {
  private static final Instant SOON = Instant.parse("2026-01-01T00:00:10Z");
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:20Z");

  private final List<String> events = new ArrayList<>();
  private final AtomicBoolean handedOver = new AtomicBoolean();
  private DaemonPlace.Finding place = DaemonPlace.Finding.KEPT;
  private Maintenance maintenance;

  @BeforeEach
  void start() {
    maintenance =
        new Maintenance(() -> place, handedOver::get, () -> events.add("stop"))
            .each(() -> events.add("first"))
            .due(() -> Optional.of(LATER))
            .due(() -> Optional.of(SOON))
            .each(() -> events.add("last"));
  }

  @Test
  void runsAllTasksInOrderAndReturnsWhenTheFirstWantsToRunAgain() {
    assertThat(maintenance.get()).contains(SOON);
    assertThat(events).containsExactly("first", "last");
  }

  @Test
  void doesNothingOnceAHandoverHasBegun() {
    handedOver.set(true);
    place = DaemonPlace.Finding.LOST;
    assertThat(maintenance.get()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void goesOnAfterTheControlSocketWasMadeAgain() {
    place = DaemonPlace.Finding.MADE_AGAIN;
    assertThat(maintenance.get()).contains(SOON);
  }

  @Test
  void stopsADaemonThatHasLostItsPlace() {
    place = DaemonPlace.Finding.LOST;
    assertThat(maintenance.get()).isEmpty();
    assertThat(events).containsExactly("stop");
  }
}
