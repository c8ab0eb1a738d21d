package dev.jvault.explain;

import dev.jvault.profile.ProfileReading;
import dev.jvault.protocol.ExitCode;
import java.util.List;
import java.util.Optional;

/**
 * How one profile resolves, and what is wrong with it. Holds no secret.
 *
 * @param profile the name that was asked for
 * @param readings what the files say, the profile itself first
 * @param vault {@code unlocked}, {@code locked} or {@code none}
 * @param steps from the bottom up; empty if the profile does not resolve
 * @param asks what the user will be asked for before any step
 * @param region that a command gets; empty if it keeps its own
 * @param problem the sentence that says why it cannot be used
 * @param notes what may surprise a user, each a sentence
 * @param advice what to improve, each a sentence
 */
public record Explanation(
    String profile,
    List<ProfileReading> readings,
    String vault,
    List<ExplainedStep> steps,
    List<ExpectedPrompt> asks,
    Optional<Parameter> region,
    Optional<String> problem,
    List<String> notes,
    List<String> advice) {
  /** Copies the lists. */
  public Explanation {
    readings = List.copyOf(readings);
    steps = List.copyOf(steps);
    asks = List.copyOf(asks);
    notes = List.copyOf(notes);
    advice = List.copyOf(advice);
  }

  /** {@link ExitCode#PROFILE} if the profile cannot be used. */
  public ExitCode exit() {
    return problem.isPresent() ? ExitCode.PROFILE : ExitCode.OK;
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "Explanation[" + profile + "]";
  }
}
