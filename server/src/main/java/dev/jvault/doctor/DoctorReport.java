package dev.jvault.doctor;

import dev.jvault.json.JsonText;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.ProgramVersion;
import io.avaje.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that was found, as text and as JSON.
 *
 * @param checks the checks, in the order in which they are shown
 * @param mended what {@code --fix} has done, each a sentence
 */
public record DoctorReport(
    Instant time, List<CheckResult> checks, Details details, List<String> mended) {
  /**
   * Facts beside the findings, for JSON.
   *
   * @param reading the members of the reading, such as {@code account}; empty if there was none
   * @param command the members of what a command would find; empty if none was named
   */
  public record Details(Map<String, String> reading, Map<String, String> command) {}

  /** Copies the lists. */
  public DoctorReport {
    checks = List.copyOf(checks);
    mended = List.copyOf(mended);
  }

  /** Whether there is no problem. */
  public boolean healthy() {
    return count(Severity.PROBLEM) == 0;
  }

  /** One line for each finding, and a last line with their numbers. */
  public String text() {
    var text = new StringBuilder();
    for (CheckResult check : checks) {
      for (Finding finding : check.findings()) {
        line(text, finding.severity().word(), check.id(), finding.line());
      }
    }
    for (String done : mended) {
      line(text, "mended", "", done);
    }
    return text.append(summary()).append('\n').toString();
  }

  /** Escapes the values of variables and the names of files, which a terminal might obey. */
  private static void line(StringBuilder text, String word, String id, String what) {
    text.append("%-8s %-20s %s\n".formatted(word, id, PrintableText.of(what)));
  }

  private String summary() {
    long problems = count(Severity.PROBLEM);
    long notes = count(Severity.NOTE);
    var parts = new ArrayList<String>();
    if (problems > 0) {
      parts.add(problems == 1 ? "1 problem" : problems + " problems");
    }
    if (notes > 0) {
      parts.add(notes == 1 ? "1 note" : notes + " notes");
    }
    return parts.isEmpty() ? "All is well." : String.join(", ", parts) + ".";
  }

  private long count(Severity severity) {
    return findings().filter(finding -> finding.severity() == severity).count();
  }

  private Stream<Finding> findings() {
    return checks.stream().flatMap(check -> check.findings().stream());
  }

  /** One object; its members never change their meaning. */
  public String json() {
    return JsonText.prettyObject(json -> {
      JsonText.member(json, "healthy", healthy());
      JsonText.time(json, "time", time);
      JsonText.member(json, "version", ProgramVersion.CURRENT);
      json.name("checks");
      json.beginArray();
      for (CheckResult check : checks) {
        check.findings().forEach(finding -> finding(json, check.id(), finding));
      }
      json.endArray();
      facts(json, "reading", details.reading());
      facts(json, "command", details.command());
      json.name("mended");
      json.beginArray();
      mended.forEach(json::value);
      json.endArray();
    });
  }

  private static void finding(JsonWriter json, String id, Finding finding) {
    json.beginObject();
    JsonText.member(json, "id", id);
    JsonText.member(json, "result", finding.severity().word());
    JsonText.member(json, "what", finding.what());
    JsonText.member(json, "why", finding.why());
    JsonText.member(json, "mend", finding.mend());
    json.endObject();
  }

  private static void facts(JsonWriter json, String name, Map<String, String> facts) {
    if (!facts.isEmpty()) {
      json.name(name);
      json.beginObject();
      facts.forEach((fact, value) -> JsonText.member(json, fact, value));
      json.endObject();
    }
  }
}
