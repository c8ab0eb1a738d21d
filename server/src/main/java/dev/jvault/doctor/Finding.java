package dev.jvault.doctor;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param what what is so, as a sentence
 * @param why why it matters, as a sentence; empty if there is nothing to do
 * @param mend the command line that mends it; empty if there is none
 * @param fix what {@code --fix} does about it
 */
public record Finding(Severity severity, String what, String why, String mend, Optional<Fix> fix) {
  /** All is well. */
  public static Finding ok(String what) {
    return new Finding(Severity.OK, what, "", "", Optional.empty());
  }

  /** Worth knowing. */
  public static Finding note(String what, String why, String mend) {
    return new Finding(Severity.NOTE, what, why, mend, Optional.empty());
  }

  /** To be mended. */
  public static Finding problem(String what, String why, String mend) {
    return new Finding(Severity.PROBLEM, what, why, mend, Optional.empty());
  }

  /** The same, which jvault can mend itself. */
  Finding fixedBy(Fix mending) {
    return new Finding(severity, what, why, mend, Optional.of(mending));
  }

  /** One line for the user: what, why, and what to run. */
  public String line() {
    var line = new StringBuilder(what);
    if (!why.isEmpty()) {
      line.append(' ').append(why);
    }
    if (!mend.isEmpty()) {
      line.append(" Run: ").append(mend);
    }
    return line.toString();
  }
}
