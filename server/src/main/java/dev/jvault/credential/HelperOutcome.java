package dev.jvault.credential;

import dev.jvault.command.HelperFailedException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the failure of a helper means for the credentials that it should have given. */
final class HelperOutcome {
  /** {@code $NAME} and {@code ${NAME}}, but not {@code ${NAME:-default}}. */
  private static final Pattern USED =
      Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private HelperOutcome() {}

  /**
   * The outcome: a command that is wrong itself is a fault of the profile; of any other, the next
   * try may succeed.
   *
   * @param subject the helper, as the beginning of a sentence
   * @param hint sentences about its variables, or an empty text
   */
  static Outcome of(String subject, HelperFailedException failure, String hint) {
    String end = (failure.broken() ? "; run it by hand and correct it." : ".") + hint;
    String sentence = subject + " " + failure.clause() + end;
    String logged = subject + " " + failure.loggedClause() + end;
    return failure.broken()
        ? new Outcome.Denied(Outcome.Reason.PROFILE, sentence, logged)
        : new Outcome.Unavailable(sentence, logged);
  }

  /** Names the variables that the command line uses and that are not set. */
  static String missing(String command, Map<String, String> environment) {
    List<String> names =
        USED.matcher(command)
            .results()
            .map(HelperOutcome::name)
            .filter(name -> !environment.containsKey(name) && !command.contains(name + "="))
            .distinct()
            .toList();
    return names.isEmpty()
        ? ""
        : " It uses %s, which is not set in your environment."
            .formatted(String.join(" and ", names));
  }

  /** The same, and whether it may lack variables that jvault does not know after a restart. */
  static String missing(String command, HelperEnvironment environment, String profile) {
    return environment.complete()
        ? missing(command, environment.within(profile))
        : " It ran without your shell's variables, which jvault forgets when it restarts: run"
            + " `jvault unlock "
            + profile
            + "` to give them again.";
  }

  private static String name(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }
}
