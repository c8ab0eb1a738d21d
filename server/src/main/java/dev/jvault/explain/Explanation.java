package dev.jvault.explain;

import dev.jvault.profile.ProfileReading;
import dev.jvault.protocol.ExitCode;
import java.util.List;
import java.util.Optional;

/**
 * How one profile resolves, and what is wrong with it. There is no secret in it.
 *
 * @param profile the name that was asked for
 * @param readings what the files say, the profile itself first
 * @param vault {@code unlocked}, {@code locked} or {@code none}
 * @param steps from the bottom up; empty where the profile does not resolve
 * @param asks what a person will be asked for before any step
 * @param region what the command gets; empty where it keeps what it has
 * @param problem the sentence that says why it cannot be used
 * @param notes what a person might wonder about, each a sentence
 * @param advice what would better be changed, each a sentence
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

  /** {@link ExitCode#PROFILE} where the profile cannot be used as it is. */
  public ExitCode exit() {
    return problem.isPresent() ? ExitCode.PROFILE : ExitCode.OK;
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "Explanation[" + profile + "]";
  }
}
