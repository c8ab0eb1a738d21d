package dev.jvault.session;

import dev.jvault.credential.SourceChain;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.util.Optional;

/**
 * One session, as lists show it.
 *
 * @param profile the profile that it belongs to; others may share it
 * @param keyName the long-lived key that it comes from
 * @param label what it is: a role, an MFA session
 * @param expiration its end; empty if there is none at the moment
 * @param nextRefresh when it will be replaced; empty if that needs the user
 * @param lastError why the latest try to obtain it failed
 * @param lastTry when the latest try failed; if none has, when it was requested last
 */
public record SessionView(
    String profile,
    String keyName,
    String label,
    Optional<Instant> expiration,
    Optional<Instant> nextRefresh,
    Optional<String> lastError,
    Instant lastTry) {
  SessionView(
      SourceChain chain,
      SessionCredentials session,
      Optional<Instant> nextRefresh,
      Optional<String> lastError,
      Instant lastTry) {
    this(
        chain.owner(),
        chain.keyName(),
        chain.top().label(),
        Optional.of(session.expiration()),
        nextRefresh,
        lastError,
        lastTry);
  }

  SessionView(SourceChain chain, String error, Instant lastTry) {
    this(
        chain.owner(),
        chain.keyName(),
        chain.top().label(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(error),
        lastTry);
  }

  /** Whether another view is of the same role or login of the same profile. */
  boolean sameSession(SessionView other) {
    return profile.equals(other.profile) && label.equals(other.label);
  }
}
