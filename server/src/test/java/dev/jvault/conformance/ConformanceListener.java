package dev.jvault.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Collects the tests whose display name begins with the number of a statement. If every statement
 * has a test and all of them have passed, writes the table to {@code docs/conformance.md};
 * otherwise leaves that page unchanged.
 */
public final class ConformanceListener implements TestExecutionListener {
  private static final Pattern NUMBERED = Pattern.compile("((?:\\d+\\.,? )+)(.+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final ConformanceTable table = new ConformanceTable();
  private @Nullable TestPlan plan;
  private boolean failed;

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Optional<TestIdentifier> numbered = numbered(test);
    if (numbered.isPresent()) {
      failed |= result.getStatus() != Status.SUCCESSFUL;
      checked(numbered.get());
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    if (failed || !table.complete()) {
      return;
    }
    Path file = Path.of(System.getProperty("basedir", "")).resolve("../docs/conformance.md");
    try {
      Files.writeString(file, table.markdown());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The test itself, or the one that it is an invocation of. */
  private Optional<TestIdentifier> numbered(TestIdentifier test) {
    if (NUMBERED.matcher(test.getDisplayName()).matches()) {
      return Optional.of(test);
    }
    return Optional.ofNullable(plan)
        .flatMap(all -> all.getParent(test))
        .filter(parent -> NUMBERED.matcher(parent.getDisplayName()).matches());
  }

  private void checked(TestIdentifier test) {
    Matcher name = NUMBERED.matcher(test.getDisplayName());
    Optional<MethodSource> source =
        test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    if (name.matches() && source.isPresent()) {
      String simple = source.get().getClassName().replaceFirst(".*\\.", "");
      NUMBER
          .matcher(name.group(1))
          .results()
          .forEach(
              number -> table.checked(Integer.parseInt(number.group()), name.group(2), simple));
    }
  }
}
