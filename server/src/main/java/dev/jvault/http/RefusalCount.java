package dev.jvault.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the requests that are so malformed that the server itself refuses them. The log gets a
 * number, in at most one line an hour, and nothing of what was sent: other users and web pages can
 * send such requests too, and could fill the log or write lines of their own into it. Safe for many
 * threads.
 */
final class RefusalCount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalCount.class);
  private static final long REPORT_MINUTES = 60;

  private final Scheduler scheduler;
  private long total;
  private long unreported;

  /**
   * Nothing is counted yet.
   *
   * @param scheduler runs the reports
   */
  RefusalCount(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Counts one. The first one after a report schedules the next report. */
  synchronized void add() {
    total++;
    unreported++;
    if (unreported == 1 && scheduler.isRunning()) {
      var _ = scheduler.schedule(this::report, REPORT_MINUTES, TimeUnit.MINUTES);
    }
  }

  /** How many there have been. */
  synchronized long total() {
    return total;
  }

  /** Reports those that no report has counted. */
  @Override
  public void close() {
    report();
  }

  private synchronized void report() {
    if (unreported > 0) {
      LOG.warn("event=malformed_requests count={}", unreported);
      unreported = 0;
    }
  }
}
