package dev.jvault.endpoint;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.grant.Grant;
import dev.jvault.http.Answer;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.profile.Chain;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Consumer;
import dev.jvault.session.Sessions;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands sessions out to SDKs, or tells what keeps them from it in words that SDKs show: 503 for
 * what a later try may get, 4xx for what stays wrong until somebody acts.
 */
public final class HandOuts {
  private static final Logger LOG = LoggerFactory.getLogger(HandOuts.class);

  private final Sessions sessions;

  /** Hand-outs of these sessions. */
  public HandOuts(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Answers a request for credentials.
   *
   * @param grant by which they are asked for
   * @param chain what is asked for; a {@link JvaultException} of it becomes the answer
   * @param body renders the session
   */
  public Answer answer(
      Request request,
      Grant grant,
      Supplier<Chain> chain,
      Consumer consumer,
      Function<SessionCredentials, Answer> body) {
    try {
      Outcome outcome = sessions.obtainFor(consumer, chain.get(), grant.environment());
      return outcome instanceof Outcome.Issued(SessionCredentials session)
          ? body.apply(session)
          : problem(grant, outcome).answer();
    } catch (JvaultException e) {
      return problem(e).answer();
    }
  }

  private static Problem problem(JvaultException fault) {
    ExitCode code = fault.exitCode();
    return switch (code) {
      case PROFILE -> new Problem(400, "InvalidProfile", fault.sentence());
      case UNAVAILABLE -> new Problem(503, "Unavailable", fault.sentence());
      default -> new Problem(500, "VaultUnavailable", fault.sentence());
    };
  }

  private static Problem problem(Grant grant, Outcome outcome) {
    LOG.info(
        "event=not_issued grant={} outcome={}", grant.id(), outcome.getClass().getSimpleName());
    return switch (outcome) {
      case Outcome.NeedsPerson(PersonNeed need) ->
          new Problem(
              503,
              "PersonNeeded",
              "jvault needs " + need.what() + ": run `jvault unlock " + grant.profile() + "`.");
      case Outcome.Denied denied ->
          denied.reason() == Outcome.Reason.PROFILE
              ? new Problem(400, "InvalidProfile", denied.sentence())
              : new Problem(403, "AccessDenied", denied.sentence());
      case Outcome.Unavailable unavailable ->
          new Problem(503, "Unavailable", unavailable.sentence());
      case Outcome.Issued _ -> throw new IllegalArgumentException("a session is no problem");
    };
  }
}
