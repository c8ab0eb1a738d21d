package dev.jvault.grant;

import dev.jvault.files.OwnerFiles;
import dev.jvault.json.JsonText;
import dev.jvault.profile.CallerEnvironment;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of standing grants: no token is in it, only hashes. */
final class GrantFile {
  private static final Logger LOG = LoggerFactory.getLogger(GrantFile.class);

  private final Path path;

  GrantFile(Path path) {
    this.path = path;
  }

  /** What was kept; a file that cannot be read counts as empty: grants are made anew on demand. */
  Map<Grant, TokenHash> read() {
    var grants = new LinkedHashMap<Grant, TokenHash>();
    if (!Files.exists(path)) {
      return grants;
    }
    try (JsonReader json = JsonText.reader(Files.readAllBytes(path))) {
      json.beginObject();
      while (json.hasNextField()) {
        if (json.nextField().equals("grants")) {
          json.beginArray();
          while (json.hasNextElement()) {
            readGrant(json, grants);
          }
          json.endArray();
        } else {
          json.skipValue();
        }
      }
      json.endObject();
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=grants_unreadable file={} reason={}", path, e.getClass().getSimpleName());
      grants.clear();
    }
    return grants;
  }

  private static void readGrant(JsonReader json, Map<Grant, TokenHash> grants) {
    var fields = new LinkedHashMap<String, String>();
    var variables = new LinkedHashMap<String, String>();
    json.beginObject();
    while (json.hasNextField()) {
      String name = json.nextField();
      if (name.equals("environment")) {
        json.beginObject();
        while (json.hasNextField()) {
          variables.put(json.nextField(), json.readString());
        }
        json.endObject();
      } else {
        fields.put(name, json.readString());
      }
    }
    json.endObject();
    var grant =
        new Grant(
            fields.getOrDefault("id", ""),
            Grant.Kind.valueOf(fields.getOrDefault("kind", "")),
            fields.getOrDefault("profile", ""),
            CallerEnvironment.of(variables),
            Optional.empty());
    grants.put(grant, TokenHash.parse(fields.getOrDefault("tokenHash", "")));
  }

  void write(Map<Grant, TokenHash> grants) {
    String text =
        JsonText.prettyObject(json -> {
          json.name("grants");
          json.beginArray();
          grants.forEach((grant, hash) -> {
            if (grant.holder().isEmpty()) {
              writeGrant(json, grant, hash);
            }
          });
          json.endArray();
        });
    OwnerFiles.write(path, text);
  }

  private static void writeGrant(JsonWriter json, Grant grant, TokenHash hash) {
    json.beginObject();
    JsonText.member(json, "id", grant.id());
    JsonText.member(json, "kind", grant.kind().name());
    JsonText.member(json, "profile", grant.profile());
    JsonText.member(json, "tokenHash", hash.hex());
    json.name("environment");
    json.beginObject();
    grant.environment().all().forEach((name, value) -> JsonText.member(json, name, value));
    json.endObject();
    json.endObject();
  }
}
