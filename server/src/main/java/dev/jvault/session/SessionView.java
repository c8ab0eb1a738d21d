package dev.jvault.session;

import dev.jvault.credential.SourceChain;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.util.Optional;

/**
 * One session, as lists show it.
 *
 * @param profile the profile that requested it last
 * @param keyName the long-lived key that it comes from
 * @param label what it is: a role, an MFA session
 * @param expiration its end; empty if there is none at the moment
 * @param nextRefresh when it will be replaced; empty if that needs the user
 * @param lastError why the latest try to obtain it failed
 */
public record SessionView(
    String profile,
    String keyName,
    String label,
    Optional<Instant> expiration,
    Optional<Instant> nextRefresh,
    Optional<String> lastError) {
  SessionView(
      SourceChain chain,
      SessionCredentials session,
      Optional<Instant> nextRefresh,
      Optional<String> lastError) {
    this(
        chain.profile(),
        chain.keyName(),
        chain.top().label(),
        Optional.of(session.expiration()),
        nextRefresh,
        lastError);
  }

  SessionView(SourceChain chain, String error) {
    this(
        chain.profile(),
        chain.keyName(),
        chain.top().label(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(error));
  }
}
