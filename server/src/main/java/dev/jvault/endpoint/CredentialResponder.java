package dev.jvault.endpoint;

import dev.jvault.audit.AuditLog;
import dev.jvault.audit.Issuance;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.grant.Grant;
import dev.jvault.http.Caller;
import dev.jvault.http.HttpResponse;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.peer.PeerProcess;
import dev.jvault.profile.Chain;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Sessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands sessions out to SDKs, or tells what keeps them from it in words that SDKs show: 503 for
 * what a later try may get, 4xx for what stays wrong until somebody acts.
 */
public final class CredentialResponder {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialResponder.class);

  private static final long MOMENT_MILLIS = 10;

  private final Sessions sessions;
  private final AuditLog audit;
  private final InstantSource clock;

  /** Hand-outs of these sessions, which are taken down. */
  public CredentialResponder(Sessions sessions, AuditLog audit, InstantSource clock) {
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Answers a request for credentials.
   *
   * @param grant by which they are asked for
   * @param chain what is asked for, resolved; a {@link JvaultException} becomes the answer
   * @param body renders the session
   */
  public HttpResponse respond(
      Request request,
      Grant grant,
      CredentialRequest wanted,
      Supplier<Chain> chain,
      Function<SessionCredentials, HttpResponse> body) {
    try {
      Outcome outcome = sessions.obtainFor(wanted.provider(), chain.get(), grant.environment());
      if (outcome instanceof Outcome.Issued(SessionCredentials session)) {
        request.caller().ifPresent(caller -> takeDown(caller, grant, wanted, session));
        return body.apply(session);
      }
      return problem(grant, outcome).response();
    } catch (JvaultException e) {
      return problem(e).response();
    }
  }

  /**
   * Waits a moment for the caller's program: one that asks and ends is the youngest and found at
   * once, while it still waits for its answer; an old one takes milliseconds, and stays.
   */
  private void takeDown(
      Caller caller, Grant grant, CredentialRequest wanted, SessionCredentials session) {
    Instant now = clock.instant();
    CompletableFuture<Void> written =
        caller
            .process()
            .thenAccept(process ->
                audit.record(
                    new Issuance(
                        now,
                        grant.profile(),
                        wanted.method(),
                        grant.id(),
                        wanted.role(),
                        process
                            .map(found -> OptionalLong.of(found.pid()))
                            .orElse(OptionalLong.empty()),
                        process.map(PeerProcess::executable),
                        caller.uid(),
                        session.accessKeyId(),
                        Optional.of(session.expiration()))));
    try {
      var _ = written.get(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // It is written when the program has been found.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an audit fails no hand-out", e.getCause());
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
          switch (denied.reason()) {
            case PROFILE -> new Problem(400, "InvalidProfile", denied.sentence());
            // The next code may be right, so clients are to try again.
            case MFA_REFUSED -> new Problem(503, "PersonNeeded", denied.sentence());
            case ACCESS_DENIED, INVALID_KEY, EXPIRED ->
                new Problem(403, "AccessDenied", denied.sentence());
          };
      case Outcome.Unavailable unavailable ->
          new Problem(503, "Unavailable", unavailable.sentence());
      case Outcome.Issued _ -> throw new IllegalArgumentException("a session is no problem");
    };
  }
}
