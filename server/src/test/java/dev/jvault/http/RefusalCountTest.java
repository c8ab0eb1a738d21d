package dev.jvault.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RefusalCountTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final HourlyTasks hourly = new HourlyTasks();
  private final RefusalCount count = new RefusalCount(hourly);

  @BeforeEach
  void captureTheLog() throws Exception {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    hourly.start();
  }

  @AfterEach
  void releaseTheLog() {
    System.setErr(before);
  }

  @Test
  @Attack("log")
  void thousandsAreOneLineAnHour() {
    for (int one = 0; one < 5_000; one++) {
      count.add();
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();

    hourly.pass();
    hourly.pass();
    count.add();
    hourly.pass();

    assertThat(log.toString(StandardCharsets.UTF_8).lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("event=malformed_requests count=5000"),
            line -> assertThat(line).endsWith("event=malformed_requests count=1"));
    assertThat(count.total()).isEqualTo(5_001);
  }

  @Test
  void theRestIsReportedAtTheEnd() {
    count.add();
    count.close();
    count.close();

    assertThat(log.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  /** Runs its tasks when the test says that an hour has passed. */
  private static final class HourlyTasks extends AbstractLifeCycle implements Scheduler {
    private final List<Runnable> due = new ArrayList<>();

    @Override
    public Task schedule(Runnable task, long delay, TimeUnit unit) {
      assertThat(unit.toMinutes(delay)).isEqualTo(60);
      due.add(task);
      return () -> due.remove(task);
    }

    void pass() {
      List<Runnable> now = List.copyOf(due);
      due.clear();
      now.forEach(Runnable::run);
    }
  }
}
