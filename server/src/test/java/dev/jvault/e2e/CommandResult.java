package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The result of a command that has ended.
 *
 * @param command the command line, for messages of failed tests
 * @param exit its exit status
 * @param out its standard output
 * @param err its standard error
 */
record CommandResult(String command, int exit, String out, String err) {
  private static final Pattern VARIABLE = Pattern.compile("(?m)^ {2}(AWS_[A-Z0-9_]+)=(.+)$");

  /** Its standard output, after a check that it succeeded. */
  String ok() {
    assertThat(exit).as(toString()).isZero();
    return out;
  }

  /** The variables for SDKs that {@code jvault server} printed, after a check that it succeeded. */
  Map<String, String> variables() {
    Map<String, String> printed = new TreeMap<>();
    VARIABLE.matcher(ok()).results().forEach(found -> printed.put(found.group(1), found.group(2)));
    return printed;
  }

  /** Checks that it failed with this status, one sentence and nothing on standard output. */
  void refused(int status, String... parts) {
    assertThat(exit).as(toString()).isEqualTo(status);
    assertThat(out).as(toString()).isEmpty();
    assertThat(err).as(toString()).startsWith("jvault: ").endsWith("\n").contains(parts);
    assertThat(err.lines()).as("one sentence: " + this).hasSize(1);
  }

  @Override
  public String toString() {
    return "%s\nended with %d\n-- out\n%s\n-- err\n%s".formatted(command, exit, out, err);
  }
}
