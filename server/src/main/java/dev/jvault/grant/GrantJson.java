package dev.jvault.grant;

import dev.jvault.json.JsonText;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.RoleArn;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a grant as JSON and reads it, accepting only values that this class could have written.
 */
final class GrantJson {
  /** An id becomes a file name and a part of a path. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,120}");

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final InstantSource clock;

  GrantJson(InstantSource clock) {
    this.clock = clock;
  }

  void write(JsonWriter json, GrantEntry entry) {
    Grant grant = entry.grant();
    json.beginObject();
    JsonText.member(json, "id", grant.id());
    JsonText.member(json, "kind", grant.kind().name());
    JsonText.member(json, "profile", grant.profile());
    JsonText.member(json, "leadsTo", grant.leadsTo());
    JsonText.member(json, "made", grant.made().toString());
    Optional<Instant> lastUse = entry.lastUse().get();
    JsonText.member(json, "lastUsed", lastUse.map(Instant::toString));
    lastUse.ifPresent(entry.lastUse()::written);
    JsonText.member(json, "holder", grant.holder().map(p -> p.pid() + " " + p.started()));
    JsonText.member(json, "tokenHash", entry.token().hash().hex());
    JsonText.member(json, "tokenMade", entry.token().made().toString());
    JsonText.member(json, "exposed", entry.exposed().map(Instant::toString));
    JsonText.member(json, "forCommands", Boolean.toString(entry.forCommands()));
    entry
        .token()
        .previous()
        .ifPresent(previous -> {
          JsonText.member(json, "previousHash", previous.hash().hex());
          JsonText.member(json, "previousUntil", previous.until().toString());
        });
    json.name("roles");
    json.beginArray();
    grant.roles().forEach(json::value);
    json.endArray();
    json.name("environment");
    json.beginObject();
    grant.environment().all().forEach((name, value) -> JsonText.member(json, name, value));
    json.endObject();
    json.endObject();
  }

  /** Whether what is written of a grant can be read: the reader takes no text of any length. */
  boolean readable(GrantEntry entry) {
    byte[] text =
        JsonText.prettyObject(
                json -> {
                  json.name("grant");
                  write(json, entry);
                })
            .getBytes(StandardCharsets.UTF_8);
    try (JsonReader json = JsonText.reader(text)) {
      json.beginObject();
      return json.hasNextField() && json.nextField().equals("grant") && read(json).isPresent();
    } catch (JsonException e) {
      return false;
    }
  }

  /** Reads the next grant; empty if it is not valid. */
  Optional<GrantEntry> read(JsonReader json) {
    var fields = new LinkedHashMap<String, String>();
    var variables = new LinkedHashMap<String, String>();
    List<String> roles = new ArrayList<>();
    json.beginObject();
    while (json.hasNextField()) {
      String name = json.nextField();
      switch (name) {
        case "environment" -> {
          json.beginObject();
          while (json.hasNextField()) {
            variables.put(json.nextField(), json.readString());
          }
          json.endObject();
        }
        case "roles" -> {
          json.beginArray();
          while (json.hasNextElement()) {
            roles.add(json.readString());
          }
          json.endArray();
        }
        default -> fields.put(name, json.readString());
      }
    }
    json.endObject();
    try {
      return Optional.of(entry(fields, roles, CallerEnvironment.of(variables)))
          .filter(entry -> plausible(entry.grant()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private GrantEntry entry(
      Map<String, String> fields, List<String> roles, CallerEnvironment environment) {
    var grant =
        new Grant(
            fields.getOrDefault("id", ""),
            Grant.Kind.valueOf(fields.getOrDefault("kind", "")),
            fields.getOrDefault("profile", ""),
            environment,
            roles,
            Optional.ofNullable(fields.get("holder")).map(GrantJson::process),
            time(fields, "made").orElseGet(clock::instant),
            Optional.ofNullable(fields.get("leadsTo")));
    Optional<GrantToken.Retired> previous =
        time(fields, "previousUntil")
            .map(until ->
                new GrantToken.Retired(hash(fields.getOrDefault("previousHash", "")), until));
    return new GrantEntry(
        grant,
        new GrantToken(
            hash(fields.getOrDefault("tokenHash", "")),
            time(fields, "tokenMade").orElseGet(clock::instant),
            previous),
        time(fields, "exposed"),
        time(fields, "lastUsed").map(GrantEntry.LastUse::of).orElseGet(GrantEntry.LastUse::never),
        Boolean.parseBoolean(fields.getOrDefault("forCommands", "false")));
  }

  private static boolean plausible(Grant grant) {
    return ID.matcher(grant.id()).matches()
        && !grant.profile().isEmpty()
        && grant.holder().isPresent() == grant.kind().held()
        && grant.roles().stream().allMatch(RoleArn::valid);
  }

  private static ProcessIdentity process(String text) {
    String[] numbers = text.split(" ", 2);
    return new ProcessIdentity(
        Long.parseLong(numbers[0]), Long.parseLong(numbers[numbers.length - 1]));
  }

  private static TokenHash hash(String hex) {
    if (!HASH.matcher(hex).matches()) {
      throw new IllegalArgumentException("no hash");
    }
    return TokenHash.parse(hex);
  }

  private static Optional<Instant> time(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(Instant::parse);
  }
}
