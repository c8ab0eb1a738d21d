package dev.jvault.doctor;

import dev.jvault.protocol.FileFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Does what {@code --fix} may do, and keeps what is left. */
public final class Mending {
  private final Predicate<String> confirmed;
  private final List<String> done = new ArrayList<>();

  /**
   * A round of mending.
   *
   * @param confirmed asks the user a question; false without a terminal
   */
  public Mending(Predicate<String> confirmed) {
    this.confirmed = confirmed;
  }

  /** What was done so far, each a sentence. */
  public List<String> done() {
    return List.copyOf(done);
  }

  /** Mends what can be mended; the results are those that are left. */
  public List<CheckResult> mend(List<CheckResult> results) {
    return results.stream().map(this::mend).toList();
  }

  private CheckResult mend(CheckResult result) {
    var left = new ArrayList<Finding>();
    for (Finding finding : result.findings()) {
      Optional<Fix> fix = finding.fix().filter(this::wanted);
      if (fix.isEmpty()) {
        left.add(finding);
      } else {
        failure(fix.get())
            .ifPresentOrElse(
                why -> left.add(unmended(finding, why)), () -> done.add(fix.get().done()));
      }
    }
    return new CheckResult(
        result.id(), left.isEmpty() ? List.of(Finding.ok("All found here is mended.")) : left);
  }

  private boolean wanted(Fix fix) {
    return fix.question().map(confirmed::test).orElse(true);
  }

  private static Finding unmended(Finding finding, String why) {
    return new Finding(
        finding.severity(),
        finding.what() + " It cannot be mended here: " + why + ".",
        finding.why(),
        finding.mend(),
        Optional.empty());
  }

  private static Optional<String> failure(Fix fix) {
    try {
      fix.action().run();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(FileFault.reason(e));
    }
  }
}
