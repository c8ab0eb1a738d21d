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
import dev.jvault.protocol.PrintableText;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.CallingProgram;
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
 * Issues sessions to SDKs and records each in the audit. If there is none, the response says why in
 * a sentence that SDKs show: 503 if a retry may succeed, 4xx if the user has to act first.
 */
public final class CredentialResponder {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialResponder.class);

  private static final long AUDIT_WAIT_MILLIS = 10;
  private static final long PROGRAM_WAIT_SECONDS = 2;

  private final Sessions sessions;
  private final AuditLog audit;
  private final InstantSource clock;

  /** Issues these sessions and records them in the audit. */
  public CredentialResponder(Sessions sessions, AuditLog audit, InstantSource clock) {
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Answers a request for credentials.
   *
   * @param grant the grant that the request presents
   * @param chain resolves the chain; a {@link JvaultException} becomes the response
   * @param body renders the session
   */
  public HttpResponse respond(
      Request request,
      Grant grant,
      CredentialRequest wanted,
      Supplier<Chain> chain,
      Function<SessionCredentials, HttpResponse> body) {
    // A window asks for the program after the response, when the request has ended.
    Optional<Caller> asking = request.caller();
    try {
      Outcome outcome =
          sessions.obtainFor(
              wanted.provider(), chain.get(), grant.environment(), () -> program(asking));
      if (outcome instanceof Outcome.Issued(SessionCredentials session)) {
        asking.ifPresent(caller -> record(caller, grant, wanted, session));
        return body.apply(session);
      }
      return problem(grant, outcome).response();
    } catch (JvaultException e) {
      return problem(e).response();
    }
  }

  /** The program that sent a request, if it is found within a moment. */
  private static Optional<CallingProgram> program(Optional<Caller> asking) {
    return asking
        .map(caller ->
            caller
                .process()
                .copy()
                .completeOnTimeout(Optional.empty(), PROGRAM_WAIT_SECONDS, TimeUnit.SECONDS))
        .flatMap(CompletableFuture::join)
        .map(found -> new CallingProgram(PrintableText.quoted(found.program()), found.pid()));
  }

  /**
   * Waits a moment until the caller's program is found. A short-lived program is among the youngest
   * processes and found at once, while it still waits for the response. An older one takes longer
   * to find, but stays.
   */
  private void record(
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
      var _ = written.get(AUDIT_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The entry is written once the program is found.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an audit entry never fails a request", e.getCause());
    }
  }

  private static Problem problem(JvaultException fault) {
    ExitCode code = fault.exitCode();
    return switch (code) {
      case PROFILE -> new Problem(400, "InvalidProfile", fault.sentence());
      case PERSON -> new Problem(503, "PersonNeeded", fault.sentence());
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
            // Clients should retry, because the next code may be right.
            case MFA_REFUSED -> new Problem(503, "PersonNeeded", denied.sentence());
            case ACCESS_DENIED, INVALID_KEY, WRONG_SECRET, EXPIRED ->
                new Problem(403, "AccessDenied", denied.sentence());
          };
      case Outcome.Unavailable unavailable ->
          new Problem(503, "Unavailable", unavailable.sentence());
      case Outcome.Issued _ ->
          throw new IllegalArgumentException("an issued session is no problem");
    };
  }
}
