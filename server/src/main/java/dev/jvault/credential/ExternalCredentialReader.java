package dev.jvault.credential;

import dev.jvault.json.JsonText;
import dev.jvault.protocol.SpanText;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Turns credentials from outside (a command, an environment) into sessions. */
final class ExternalCredentialReader {
  private final Optional<SessionTokenSource> trade;
  private final ClockSkew skew;
  private final InstantSource clock;

  /**
   * A reader.
   *
   * @param trade exchanges a long-lived key for a session; if empty, the key itself signs for the
   *     roles above
   */
  ExternalCredentialReader(
      Optional<SessionTokenSource> trade, ClockSkew skew, InstantSource clock) {
    this.trade = trade;
    this.skew = skew;
    this.clock = clock;
  }

  /**
   * The session.
   *
   * @param whose the subject of a sentence, such as {@code The credential_process `x` of profile y}
   */
  Outcome session(ExternalCredentials found, String whose) {
    Instant now = clock.instant();
    Instant end = end(found, now);
    if (!end.isAfter(now)) {
      return new Outcome.Unavailable(
          "%s gave credentials that ended %s ago (at %s); get new ones, and check this machine's clock."
              .formatted(
                  whose,
                  SpanText.of(Duration.between(end, now)),
                  JsonText.time(found.end().orElse(end))));
    }
    return found
        .sessionToken()
        .<Outcome>map(token ->
            new Outcome.Issued(
                new SessionCredentials(
                    found.key(), token, now, end, found.accountId(), Optional.empty())))
        .or(() -> trade.map(source -> source.obtain(Optional.of(found.key()))))
        .orElseGet(() ->
            new Outcome.Issued(SessionCredentials.ofKey(found.key(), now, believed(end, now))));
  }

  /** Whether exchanging a long-lived key takes an MFA code. */
  boolean tradeNeedsPerson() {
    return trade.map(SessionTokenSource::needsPerson).orElse(false);
  }

  /** What of the exchange changes the session. */
  String fingerprint() {
    return trade.map(SessionTokenSource::fingerprint).orElse("");
  }

  /** Other services issue sessions that last longer than AWS's; the source is asked again then. */
  private Instant end(ExternalCredentials found, Instant now) {
    Instant end = found.end().map(skew::endHere).orElse(now.plus(StaticCredentialsSource.BELIEVED));
    return end.isAfter(IssuedLimits.latest(now)) ? now.plus(IssuedLimits.LONGEST_SESSION) : end;
  }

  /** A long-lived key is read again after an hour at the latest, whatever end it names. */
  private static Instant believed(Instant end, Instant now) {
    Instant later = now.plus(StaticCredentialsSource.BELIEVED);
    return end.isBefore(later) ? end : later;
  }
}
