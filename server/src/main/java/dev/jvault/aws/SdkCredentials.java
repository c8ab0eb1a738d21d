package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Translates the credentials of an SDK provider into jvault's type. */
final class SdkCredentials {
  private SdkCredentials() {}

  /** The session; empty if it has expired, or if the credentials are no session. */
  static Optional<SessionCredentials> session(AwsCredentials found, Instant now, ClockSkew skew) {
    return Optional.of(found)
        .filter(AwsSessionCredentials.class::isInstance)
        .map(AwsSessionCredentials.class::cast)
        .flatMap(session ->
            session
                .expirationTime()
                .map(skew::endHere)
                .filter(end -> end.isAfter(now))
                .map(end ->
                    new SessionCredentials(
                        new AccessKey(session.accessKeyId(), Secret.of(session.secretAccessKey())),
                        Secret.of(session.sessionToken()),
                        now,
                        end,
                        session.accountId(),
                        Optional.empty())));
  }
}
