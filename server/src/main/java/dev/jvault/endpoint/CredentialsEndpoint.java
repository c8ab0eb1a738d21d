package dev.jvault.endpoint;

import dev.jvault.credential.CredentialDocument;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.http.Answer;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.profile.Chain;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container credentials endpoint: {@code GET /credentials/GRANT} for SDKs, {@code GET
 * /credential-process/GRANT} for the launcher, and {@code GET /role-arn/ARN} for a role that a
 * grant may ask for besides its profile. A grant opens its own paths only.
 */
public final class CredentialsEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialsEndpoint.class);

  /** Java, Ruby, PHP and C++ give up after a second. */
  private static final Duration PATIENCE = Duration.ofMillis(900);

  /** A grant that has ended since the gate admitted it. */
  private static final Problem ENDED =
      new Problem(401, "Unauthorized", "The authorization token is missing or wrong.");

  private final Grants grants;
  private final BiFunction<Grant, Optional<String>, Chain> chains;
  private final Sessions sessions;
  private final Secret proof;

  /**
   * An endpoint.
   *
   * @param chains resolves a grant's profile as it is now, and the role above it where one is asked
   *     for
   * @param proof what the launcher knows from the ready file and a stranger on the port does not
   */
  public CredentialsEndpoint(
      Grants grants,
      BiFunction<Grant, Optional<String>, Chain> chains,
      Sessions sessions,
      Secret proof) {
    this.grants = grants;
    this.chains = chains;
    this.sessions = sessions;
    this.proof = proof;
  }

  /** The routes, for a listener behind the gate. */
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/credentials/", request -> answer(request, this::container)),
        new Route("GET", "/credential-process/", request -> answer(request, this::process)),
        new Route("GET", "/role-arn/", this::role));
  }

  private Answer answer(Request request, Function<SessionCredentials, Answer> body) {
    Optional<Grant> grant = grants.find(request.admitted());
    if (grant.isEmpty()) {
      return ENDED.answer();
    }
    return request.tail().equals(grant.get().id())
        ? answer(grant.get(), Optional.empty(), body)
        : new Problem(404, "NotFound", "This token has nothing at this path.").answer();
  }

  /** Whether the role exists, or may be taken, is not told to whoever may not ask for it. */
  private Answer role(Request request) {
    Optional<Grant> grant = grants.find(request.admitted());
    if (grant.isEmpty()) {
      return ENDED.answer();
    }
    return grant.get().roles().contains(request.tail())
        ? answer(grant.get(), Optional.of(request.tail()), this::container)
        : new Problem(403, "AccessDenied", "This token may not ask for that role.").answer();
  }

  private Answer answer(
      Grant grant, Optional<String> role, Function<SessionCredentials, Answer> body) {
    try {
      Chain chain = chains.apply(grant, role);
      return answer(grant, sessions.obtainWithin(chain, grant.environment(), PATIENCE), body);
    } catch (JvaultException e) {
      return problem(e.exitCode(), e.sentence());
    }
  }

  private static Answer answer(
      Grant grant, Outcome outcome, Function<SessionCredentials, Answer> body) {
    if (!(outcome instanceof Outcome.Issued)) {
      LOG.info(
          "event=not_issued grant={} outcome={}", grant.id(), outcome.getClass().getSimpleName());
    }
    return switch (outcome) {
      case Outcome.Issued(SessionCredentials session) -> body.apply(session);
      case Outcome.NeedsPerson(PersonNeed need) ->
          new Problem(
                  503,
                  "PersonNeeded",
                  "jvault needs " + need.what() + ": run `jvault unlock " + grant.profile() + "`.")
              .answer();
      case Outcome.Denied denied ->
          denied.reason() == Outcome.Reason.PROFILE
              ? new Problem(400, "InvalidProfile", denied.sentence()).answer()
              : new Problem(403, "AccessDenied", denied.sentence()).answer();
      case Outcome.Unavailable unavailable ->
          new Problem(503, "Unavailable", unavailable.sentence()).answer();
    };
  }

  private Answer container(SessionCredentials session) {
    return Answer.of(200, "application/json", CredentialDocument.container(session));
  }

  private Answer process(SessionCredentials session) {
    return Answer.of(200, "application/json", CredentialDocument.process(session))
        .with("Jvault-Proof", proof.reveal());
  }

  /** A profile or vault that is wrong stays wrong until somebody acts: no reason to try again. */
  private static Answer problem(ExitCode code, String sentence) {
    return switch (code) {
      case PROFILE -> new Problem(400, "InvalidProfile", sentence).answer();
      case UNAVAILABLE -> new Problem(503, "Unavailable", sentence).answer();
      default -> new Problem(500, "VaultUnavailable", sentence).answer();
    };
  }
}
