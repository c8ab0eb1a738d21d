package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon does at each heartbeat. */
final class MaintenanceTest {
  private static final Instant SOON = Instant.parse("2026-01-01T00:00:10Z");
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:20Z");

  @TempDir Path run;

  private final List<String> events = new ArrayList<>();
  private final AtomicBoolean handedOver = new AtomicBoolean();
  private Path socket;
  private Maintenance maintenance;

  @BeforeEach
  void start() throws IOException {
    socket = Files.createFile(run.resolve("control.sock"));
    maintenance =
        new Maintenance(new OwnSocket(socket), handedOver::get, () -> events.add("stop"))
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
  void doesNothingOnceAHandoverHasBegun() throws IOException {
    handedOver.set(true);
    Files.delete(socket);
    assertThat(maintenance.get()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void stopsADaemonThatHasLostItsControlSocket() throws IOException {
    Files.delete(socket);
    assertThat(maintenance.get()).isEmpty();
    assertThat(events).containsExactly("stop");
  }
}
