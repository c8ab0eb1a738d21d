package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.IssuedLimits;
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

  /**
   * The session; empty if it has expired, if the credentials are no session, or if a part is not
   * what AWS issues.
   */
  static Optional<SessionCredentials> session(AwsCredentials found, Instant now, ClockSkew skew) {
    return Optional.of(found)
        .filter(AwsSessionCredentials.class::isInstance)
        .map(AwsSessionCredentials.class::cast)
        .flatMap(session ->
            session
                .expirationTime()
                .map(skew::endHere)
                .filter(end -> end.isAfter(now) && possible(session, end, now))
                .map(end ->
                    new SessionCredentials(
                        new AccessKey(session.accessKeyId(), Secret.of(session.secretAccessKey())),
                        Secret.of(session.sessionToken()),
                        now,
                        end,
                        session.accountId().filter(account -> account.matches("\\d{12}")),
                        Optional.empty())));
  }

  private static boolean possible(AwsSessionCredentials session, Instant end, Instant now) {
    return IssuedLimits.fault(
            session.accessKeyId(), session.secretAccessKey(), session.sessionToken())
        .or(() -> IssuedLimits.fault(end, now))
        .isEmpty();
  }
}
