package dev.jvault.doctor;

import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks side by side, with one deadline for all of them. The threads are platform threads,
 * because a drive or a keyring that hangs would keep the carrier of a virtual thread.
 */
public final class CheckRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CheckRunner.class);

  /** The time for all checks; more than a look at a file of a drive that sleeps takes. */
  private static final Duration LIMIT = Duration.ofSeconds(6);

  /** After this time the user learns what is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Duration patience;
  private final Duration limit;

  /** A runner with the limits of the program. */
  public CheckRunner() {
    this(PATIENCE, LIMIT);
  }

  /**
   * A runner with other limits.
   *
   * @param patience the time after which the user learns what is waited for
   * @param limit the time for all checks
   */
  public CheckRunner(Duration patience, Duration limit) {
    this.patience = patience;
    this.limit = limit;
  }

  /**
   * Runs the checks and returns their results in the same order. A check that has none in time
   * becomes a problem that says so.
   *
   * @param waiting receives the ids of the checks that take long, once
   */
  public List<CheckResult> run(
      List<Check> checks, ExaminedCaller caller, Consumer<List<String>> waiting) {
    long started = System.nanoTime();
    Map<Check, CompletableFuture<List<Finding>>> running = new LinkedHashMap<>();
    checks.forEach(check -> running.put(check, start(check, caller)));
    if (!endedBy(started + patience.toNanos(), running)) {
      waiting.accept(
          running.entrySet().stream()
              .filter(entry -> !entry.getValue().isDone())
              .map(entry -> entry.getKey().id())
              .toList());
    }
    boolean _ = endedBy(started + limit.toNanos(), running);
    var results = new ArrayList<CheckResult>();
    running.forEach((check, result) -> results.add(result(check, result)));
    return results;
  }

  /** What the user reads while these checks run. */
  public static String waitingFor(List<String> ids) {
    return "Still waiting for: " + String.join(", ", ids) + ".";
  }

  private static CompletableFuture<List<Finding>> start(Check check, ExaminedCaller caller) {
    var result = new CompletableFuture<List<Finding>>();
    Thread.ofPlatform()
        .daemon()
        .name("check-" + check.id())
        .start(() -> result.complete(findings(check, caller)));
    return result;
  }

  private static List<Finding> findings(Check check, ExaminedCaller caller) {
    try {
      return check.examine(caller);
    } catch (JvaultException e) {
      return List.of(Finding.problem(e.sentence(), "", ""));
    } catch (IOException e) {
      return List.of(
          Finding.problem("This cannot be checked: " + FileFault.reason(e) + ".", "", ""));
    } catch (RuntimeException e) {
      LOG.error("event=check_failed check={}", check.id(), e);
      return List.of(
          Finding.problem("This check failed because of a fault in jvault.", "", "jvault log"));
    }
  }

  private static boolean endedBy(
      long deadline, Map<Check, CompletableFuture<List<Finding>>> running) {
    try {
      CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
          .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check ends with findings", e);
    }
  }

  private CheckResult result(Check check, CompletableFuture<List<Finding>> result) {
    List<Finding> late =
        List.of(
            Finding.problem(
                "This gave no answer within %d s.".formatted(limit.toSeconds()),
                "A drive, a keyring or another program hangs, and jvault may wait for it too.",
                ""));
    return new CheckResult(check.id(), result.getNow(late));
  }
}
