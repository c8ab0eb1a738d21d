package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The result of a command that has ended.
 *
 * @param command the command line, for messages of failed tests
 * @param exit its exit status
 * @param out its standard output
 * @param err its standard error
 */
record CommandResult(String command, int exit, String out, String err) {
  /** Its standard output, after a check that it succeeded. */
  String ok() {
    assertThat(exit).as(toString()).isZero();
    return out;
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
