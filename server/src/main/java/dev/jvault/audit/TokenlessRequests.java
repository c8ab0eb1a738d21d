package dev.jvault.audit;

import dev.jvault.protocol.PrintableText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs of this user that asked for credentials without a token, as old SDKs do that know no
 * token file. Each is logged and recorded in the audit once in ten minutes, and listed for an hour.
 * Keeps the latest 20. Safe for many threads.
 */
public final class TokenlessRequests {
  private static final Logger LOG = LoggerFactory.getLogger(TokenlessRequests.class);

  private static final Duration REPORTED_ONCE_IN = Duration.ofMinutes(10);
  private static final Duration LISTED = Duration.ofHours(1);
  private static final int MOST = 20;
  private static final String UNKNOWN = "";

  private final AuditLog audit;
  private final InstantSource clock;
  private final Map<Key, Seen> seen = new HashMap<>();

  /**
   * A program that got nothing.
   *
   * @param program the name of its file, which may contain any character; empty if unknown
   * @param profile the profile whose credentials it asked for
   * @param last when it asked last
   */
  public record Entry(String program, String profile, Instant last) {}

  private record Key(String program, String profile) {}

  private record Seen(Instant last, Instant reported) {}

  /** No requests yet; those to come are recorded in the audit. */
  public TokenlessRequests(AuditLog audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** The programs of the last hour, the latest first. */
  public synchronized List<Entry> latest() {
    Instant oldest = clock.instant().minus(LISTED);
    return seen.entrySet().stream()
        .filter(entry -> entry.getValue().last().isAfter(oldest))
        .map(entry ->
            new Entry(entry.getKey().program(), entry.getKey().profile(), entry.getValue().last()))
        .sorted(Comparator.comparing(Entry::last).reversed())
        .toList();
  }

  /**
   * Records a request.
   *
   * @param grant the id of the grant whose credentials it asked for
   * @param pid the process that asked, if it is known
   * @param executable the path of its program, if it is known
   */
  public void note(
      String profile, String grant, OptionalLong pid, Optional<String> executable, long uid) {
    String program = executable.map(TokenlessRequests::program).orElse(UNKNOWN);
    Instant now = clock.instant();
    if (!report(new Key(program, profile), now)) {
      return;
    }
    LOG.warn("event=no_token program=\"{}\" grant={}", PrintableText.quoted(program), grant);
    audit.record(
        new Issuance(
            now,
            profile,
            DeliveryMethod.NO_TOKEN,
            grant,
            Optional.empty(),
            pid,
            executable,
            uid,
            "",
            Optional.empty()));
  }

  private static String program(String executable) {
    return executable.substring(executable.lastIndexOf('/') + 1);
  }

  /** Keeps the time, and says whether the request is to be reported. */
  private synchronized boolean report(Key key, Instant now) {
    Seen before = seen.get(key);
    boolean report =
        before == null
            || Duration.between(before.reported(), now).abs().compareTo(REPORTED_ONCE_IN) > 0;
    if (before == null && seen.size() >= MOST) {
      seen.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().last()))
          .map(Map.Entry::getKey)
          .ifPresent(seen::remove);
    }
    seen.put(key, new Seen(now, report || before == null ? now : before.reported()));
    return report;
  }
}
