package dev.jvault.doctor;

import dev.jvault.audit.TokenlessRequests;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.SpanText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Programs that asked without a token in the last hour, as old SDKs do. */
final class TokenlessCheck implements Check {
  private final TokenlessRequests requests;
  private final InstantSource clock;

  TokenlessCheck(TokenlessRequests requests, InstantSource clock) {
    this.requests = requests;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "old-sdks";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    List<Finding> findings = requests.latest().stream().map(this::finding).toList();
    return findings.isEmpty()
        ? List.of(Finding.ok("Every program that asked in the last hour sent its token."))
        : findings;
  }

  private Finding finding(TokenlessRequests.Entry entry) {
    String known = PrintableText.quoted(entry.program());
    String profile = PrintableText.quoted(entry.profile());
    return Finding.problem(
        "%s asked for %s without a token %s ago and got nothing."
            .formatted(
                known.isEmpty() ? "A program" : known,
                profile,
                SpanText.of(Duration.between(entry.last(), clock.instant()))),
        "Its SDK is old and does not know the token file.",
        "jvault exec --token-env %s -- %s".formatted(profile, known.isEmpty() ? "CMD" : known));
  }
}
