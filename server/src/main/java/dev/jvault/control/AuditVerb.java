package dev.jvault.control;

import dev.jvault.audit.AuditEntry;
import dev.jvault.audit.AuditFilter;
import dev.jvault.audit.AuditJson;
import dev.jvault.audit.AuditLog;
import dev.jvault.audit.DeliveryMethod;
import dev.jvault.audit.Issuance;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.SpanText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code log --audit}: which credentials were issued to whom, as a table or as JSON lines. */
final class AuditVerb implements Verb {
  /**
   * The most entries that are shown. Old files hold up to 25,000 entries, too many for the memory
   * of the daemon.
   */
  static final int MOST = 5000;

  private static final String UNKNOWN = "-";

  private final AuditLog audit;
  private final Path auditFile;
  private final InstantSource clock;

  AuditVerb(AuditLog audit, Path auditFile, InstantSource clock) {
    this.audit = audit;
    this.auditFile = auditFile;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    Instant now = clock.instant();
    Optional<Instant> since =
        call.value("since").map(text -> now.minus(DurationOption.parse("--since", text)));
    List<AuditEntry> entries = read(new AuditFilter(call.value("profile"), since, MOST));
    Reply reply =
        Reply.ofOutput(
            call.flag("json") ? json(entries) : text(entries, call.columns(), call.times(now)));
    if (entries.size() == MOST) {
      reply =
          reply.withMessage(
              "Only the newest %d are shown; %s and the older files beside it hold the rest."
                  .formatted(MOST, auditFile));
    }
    return audit.trouble().map(reply::withMessage).orElse(reply);
  }

  private List<AuditEntry> read(AuditFilter filter) {
    try {
      return audit.read(filter);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.FAULT,
          "The audit file "
              + auditFile
              + " cannot be read ("
              + FileFault.reason(e)
              + "); check its owner and permissions.",
          e);
    }
  }

  private static String json(List<AuditEntry> entries) {
    var text = new StringBuilder();
    entries.forEach(entry -> text.append(AuditJson.line(entry)).append('\n'));
    return text.toString();
  }

  private static String text(List<AuditEntry> entries, int columns, LocalTimes times) {
    if (entries.isEmpty()) {
      return "No credentials were issued.\n";
    }
    var table = new TextTable("When", "Profile", "Way", "Process", "Grant", "Time left", "Times");
    for (AuditEntry entry : entries) {
      Issuance issuance = entry.issuance();
      table.row(
          times.ago(issuance.time()),
          profile(issuance),
          issuance.method().text(),
          process(issuance),
          issuance.grant(),
          issuance
              .expiration()
              .map(times::left)
              .orElse(issuance.method() == DeliveryMethod.NO_TOKEN ? "refused" : "no end"),
          times(entry));
    }
    return table.whole(0, 5).render(columns);
  }

  private static String profile(Issuance issuance) {
    return issuance.profile() + issuance.role().map(role -> " as " + role).orElse("");
  }

  private static String process(Issuance issuance) {
    String pid = issuance.pid().isPresent() ? "(" + issuance.pid().getAsLong() + ")" : "";
    String shown = issuance.executable().map(path -> file(path) + " " + pid).orElse(pid).strip();
    return shown.isEmpty() ? UNKNOWN : shown;
  }

  /** The last segment of a path. */
  private static String file(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String times(AuditEntry entry) {
    return entry
        .since()
        .map(since ->
            entry.times() + " in " + SpanText.of(Duration.between(since, entry.issuance().time())))
        .orElse("1");
  }
}
