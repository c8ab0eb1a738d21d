package dev.jvault.audit;

import dev.jvault.json.JsonText;
import dev.jvault.protocol.PrintableText;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Entries as JSON, each as one object on one line; no value can break the line. */
public final class AuditJson {
  private AuditJson() {}

  /** The line of an entry, without a line end. */
  public static String line(AuditEntry entry) {
    Issuance issuance = entry.issuance();
    var json = new StringBuilder("{");
    member(json, "time", JsonText.time(issuance.time()));
    member(json, "profile", issuance.profile());
    member(json, "way", issuance.method().text());
    member(json, "grant", issuance.grant());
    issuance.role().ifPresent(role -> member(json, "role", role));
    issuance.pid().ifPresent(pid -> member(json, "pid", pid));
    issuance.executable().ifPresent(executable -> member(json, "executable", executable));
    member(json, "uid", issuance.uid());
    member(json, "accessKeyId", issuance.accessKeyId());
    issuance.expiration().ifPresent(end -> member(json, "expiration", JsonText.time(end)));
    if (entry.times() > 1) {
      member(json, "times", entry.times());
    }
    entry.since().ifPresent(since -> member(json, "since", JsonText.time(since)));
    return json.append('}').toString();
  }

  private static void member(StringBuilder json, String name, long value) {
    name(json, name).append(value);
  }

  private static void member(StringBuilder json, String name, String value) {
    name(json, name).append('"');
    value.chars().forEach(c -> character(json, (char) c));
    json.append('"');
  }

  private static StringBuilder name(StringBuilder json, String name) {
    return json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":");
  }

  /**
   * Escapes a character. The library's writer fails at many control characters, and does not escape
   * those that JSON allows and a terminal obeys.
   */
  private static void character(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (PrintableText.isPrintable(Character.toString(c))) {
      json.append(c);
    } else {
      json.append("\\u").append(HexFormat.of().toHexDigits(c));
    }
  }

  /** Reads a line; empty if it is torn, damaged or of a method that this version does not know. */
  static Optional<AuditEntry> read(String line) {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    try (JsonReader reader = JsonText.reader(line.getBytes(StandardCharsets.UTF_8))) {
      reader.beginObject();
      while (reader.hasNextField()) {
        String name = reader.nextField();
        switch (name) {
          case "pid", "uid", "times" -> numbers.put(name, reader.readLong());
          case "time", "profile", "way", "grant", "role", "executable" ->
              texts.put(name, reader.readString());
          case "accessKeyId", "expiration", "since" -> texts.put(name, reader.readString());
          default -> reader.skipValue();
        }
      }
      reader.endObject();
      return entry(texts, numbers);
    } catch (JsonException | DateTimeException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<AuditEntry> entry(Map<String, String> texts, Map<String, Long> numbers) {
    Optional<DeliveryMethod> method = DeliveryMethod.of(texts.getOrDefault("way", ""));
    if (method.isEmpty() || !texts.containsKey("profile")) {
      return Optional.empty();
    }
    Long pid = numbers.get("pid");
    var issuance =
        new Issuance(
            Instant.parse(texts.getOrDefault("time", "")),
            texts.getOrDefault("profile", ""),
            method.get(),
            texts.getOrDefault("grant", Issuance.NO_GRANT),
            Optional.ofNullable(texts.get("role")),
            pid == null ? OptionalLong.empty() : OptionalLong.of(pid),
            Optional.ofNullable(texts.get("executable")),
            numbers.getOrDefault("uid", 0L),
            texts.getOrDefault("accessKeyId", ""),
            Optional.ofNullable(texts.get("expiration")).map(Instant::parse));
    return Optional.of(
        new AuditEntry(
            issuance,
            numbers.getOrDefault("times", 1L),
            Optional.ofNullable(texts.get("since")).map(Instant::parse)));
  }
}
