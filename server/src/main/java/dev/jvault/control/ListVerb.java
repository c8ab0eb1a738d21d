package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.ProfileSummary;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.JvaultException;
import dev.jvault.session.Sessions;
import dev.jvault.vault.KeyVault.KeyInfo;
import dev.jvault.vault.StoredSession;
import dev.jvault.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code list}: shows profiles, the keys in the vault, and sessions with their time left. */
final class ListVerb implements Verb {
  private static final String NONE = "-";

  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final Profiles profiles;
  private final ConfigReader configReader;
  private final Sessions sessions;
  private final InstantSource clock;

  ListVerb(
      Vault vault,
      VaultAccess vaultAccess,
      Profiles profiles,
      ConfigReader configReader,
      Sessions sessions,
      InstantSource clock) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.profiles = profiles;
    this.configReader = configReader;
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    boolean open = vaultAccess.tryOpen(call);
    Map<String, Row> rows = rows(call.environment(), open);
    Reply reply;
    if (call.flag("json")) {
      reply = Reply.ofOutput(json(rows));
    } else if (call.flag("profiles")) {
      reply = Reply.ofOutput(names(rows.values().stream().filter(Row::configured).toList()));
    } else if (call.flag("credentials")) {
      reply =
          Reply.ofOutput(
              names(rows.values().stream().filter(row -> row.key().isPresent()).toList()));
    } else if (call.flag("sessions")) {
      reply = Reply.ofOutput(sessions(call.columns(), open));
    } else {
      Reply table = Reply.ofOutput(table(rows, call.columns()));
      reply =
          PlaintextKeyNotice.line(PlaintextKeyNotice.places(configReader, call.environment()))
              .map(table::withMessage)
              .orElse(table);
    }
    return open || !vault.exists()
        ? reply
        : reply.withMessage("The vault is locked: keys and sessions are not shown.");
  }

  /** One row: a profile of the config files, a key of the vault, or both. */
  private record Row(
      String name, boolean configured, Optional<String> key, Optional<Instant> expiration) {}

  private Map<String, Row> rows(CallerEnvironment environment, boolean open) {
    List<KeyInfo> keys = open ? vault.keys().list() : List.of();
    Map<String, Row> rows = new TreeMap<>();
    for (ProfileSummary profile : profiles.list(environment)) {
      rows.put(profile.name(), row(profile.name(), true, keys, environment, open));
    }
    for (KeyInfo key : keys) {
      rows.computeIfAbsent(key.name(), name -> row(name, false, keys, environment, open));
    }
    return rows;
  }

  private Row row(
      String name,
      boolean configured,
      List<KeyInfo> keys,
      CallerEnvironment environment,
      boolean open) {
    Optional<String> key =
        keys.stream()
            .filter(stored -> stored.name().equals(name))
            .map(KeyInfo::accessKeyId)
            .findFirst();
    return new Row(name, configured, key, open ? expiration(name, environment) : Optional.empty());
  }

  private Optional<Instant> expiration(String name, CallerEnvironment environment) {
    try {
      return sessions.expiration(profiles.resolve(name, environment), environment);
    } catch (JvaultException e) {
      // A profile that does not resolve has no session; `exec` says what is wrong with it.
      return Optional.empty();
    }
  }

  private static String names(Collection<Row> rows) {
    return String.join("", rows.stream().map(row -> row.name() + "\n").toList());
  }

  private String table(Map<String, Row> rows, int columns) {
    Instant now = clock.instant();
    var table = new TextTable("Profile", "Key", "Session");
    for (Row row : rows.values()) {
      table.row(
          row.name(),
          row.key().orElse(NONE),
          row.expiration().map(end -> DurationText.left(end, now)).orElse(NONE));
    }
    return table.render(columns);
  }

  private String sessions(int columns, boolean open) {
    Instant now = clock.instant();
    var table = new TextTable("Key", "Session", "Time left");
    Collection<StoredSession> all = open ? vault.sessions().all().values() : List.of();
    for (StoredSession session : all) {
      if (session.credentials().expiration().isAfter(now)) {
        table.row(
            session.keyName(),
            session.label(),
            DurationText.left(session.credentials().expiration(), now));
      }
    }
    return table.render(columns);
  }

  private static String json(Map<String, Row> rows) {
    return JsonText.prettyObject(json -> {
      json.name("profiles");
      json.beginArray();
      for (Row row : rows.values()) {
        json.beginObject();
        JsonText.member(json, "name", row.name());
        JsonText.member(json, "configured", row.configured());
        JsonText.member(json, "accessKeyId", row.key());
        JsonText.member(json, "sessionExpiration", row.expiration().map(Instant::toString));
        json.endObject();
      }
      json.endArray();
    });
  }
}
