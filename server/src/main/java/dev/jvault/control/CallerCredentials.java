package dev.jvault.control;

import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

/** Gets from the caller what only the caller has: the credentials in its variables. */
final class CallerCredentials {
  private CallerCredentials() {}

  /**
   * Keeps the caller's own credentials if the chain starts at them.
   *
   * @throws JvaultException if the caller is the very command whose credentials the chain waits for
   */
  static void prepare(Chain chain, EnvironmentKeys keys, Call call) {
    switch (chain.bottom()) {
      case Hop.EnvironmentKey variables ->
          call.person()
              .ask(
                  new Question(
                      Question.Kind.ENVIRONMENT,
                      "Credentials of the environment for " + variables.profile() + ":"))
              .ifPresent(lines -> keys.keep(variables.profile(), lines));
      case Hop.CredentialProcess process -> refuseItself(process.profile(), call);
      case Hop.WebIdentity identity -> refuseItself(identity.profile(), call);
      default -> {}
    }
  }

  private static void refuseItself(String profile, Call call) {
    String running = call.environment().get(CallerVariables.WITHIN).orElse("");
    if (running.lines().anyMatch(profile::equals)) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "Profile "
              + profile
              + " leads to itself: the command that prints its credentials asks jvault for them;"
              + " have that command ask for another profile.");
    }
  }
}
