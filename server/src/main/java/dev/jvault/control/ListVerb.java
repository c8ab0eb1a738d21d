package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.ListedProfile;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.JvaultException;
import dev.jvault.rotation.KeyAge;
import dev.jvault.session.Sessions;
import dev.jvault.vault.KeyVault;
import dev.jvault.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
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
  private final SessionList sessionList;

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
    this.sessionList = new SessionList(vault, sessions, clock);
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    boolean open = vaultAccess.tryOpen(call);
    Reply reply =
        call.flag("sessions")
            ? sessionList.reply(call, open)
            : profiles(call, rows(call.environment(), open).values());
    return open || !vault.exists()
        ? reply
        : reply.withMessage("The vault is locked: keys and sessions are not shown.");
  }

  private Reply profiles(Call call, Collection<Row> all) {
    boolean configured = call.flag("profiles");
    boolean stored = call.flag("credentials");
    List<Row> rows =
        all.stream()
            .filter(row -> !configured || row.configured())
            .filter(row -> !stored || row.key().isPresent())
            .toList();
    if (call.flag("json")) {
      return Reply.ofOutput(json(rows));
    }
    if (configured || stored) {
      return Reply.ofOutput(names(rows));
    }
    Reply table =
        Reply.ofOutput(table(rows, call.columns(), call.times(clock.instant()), clock.instant()));
    return PlaintextKeyNotice.line(PlaintextKeyNotice.places(configReader, call.environment()))
        .map(table::withMessage)
        .orElse(table);
  }

  /** One row: a profile of the config files, a key of the vault, or both. */
  private record Row(
      String name,
      boolean configured,
      Optional<KeyVault.KeyInfo> key,
      Optional<Instant> expiration) {}

  private Map<String, Row> rows(CallerEnvironment environment, boolean open) {
    var keys = new HashMap<String, KeyVault.KeyInfo>();
    if (open) {
      vault.keys().list().forEach(key -> keys.put(key.name(), key));
    }
    Map<String, Row> rows = new TreeMap<>();
    for (ListedProfile profile : profiles.list(environment)) {
      String name = profile.summary().name();
      Optional<Instant> end =
          open
              ? profile.chain().flatMap(chain -> expiration(chain, environment))
              : Optional.empty();
      rows.put(name, new Row(name, true, Optional.ofNullable(keys.get(name)), end));
    }
    keys.forEach((name, id) ->
        rows.computeIfAbsent(
            name, _ -> new Row(name, false, Optional.of(id), expiration(name, environment))));
    return rows;
  }

  private Optional<Instant> expiration(Chain chain, CallerEnvironment environment) {
    try {
      return sessions.expiration(chain, environment);
    } catch (JvaultException _) {
      return Optional.empty();
    }
  }

  private Optional<Instant> expiration(String key, CallerEnvironment environment) {
    try {
      return expiration(profiles.resolve(key, environment), environment);
    } catch (JvaultException _) {
      // A profile that does not resolve has no session; `exec` says what is wrong with it.
      return Optional.empty();
    }
  }

  private static String names(Collection<Row> rows) {
    return String.join("", rows.stream().map(row -> row.name() + "\n").toList());
  }

  private static String table(List<Row> rows, int columns, LocalTimes times, Instant now) {
    var table = new TextTable("Profile", "Key", "Session", "Key age");
    for (Row row : rows) {
      table.row(
          row.name(),
          row.key().map(KeyVault.KeyInfo::accessKeyId).orElse(NONE),
          row.expiration().map(times::left).orElse(NONE),
          row.key().map(key -> age(key, now)).orElse(NONE));
    }
    return table.whole(0, 1).render(columns);
  }

  /** A key whose creation is unknown is at least as old as its place in the vault. */
  private static String age(KeyVault.KeyInfo key, Instant now) {
    return KeyAge.days(key.since(), now) + (key.created().isPresent() ? " d" : " d or more");
  }

  private static String json(List<Row> rows) {
    return JsonText.prettyObject(json -> {
      json.name("profiles");
      json.beginArray();
      for (Row row : rows) {
        json.beginObject();
        JsonText.member(json, "name", row.name());
        JsonText.member(json, "configured", row.configured());
        JsonText.member(json, "accessKeyId", row.key().map(KeyVault.KeyInfo::accessKeyId));
        JsonText.time(json, "keyAdded", row.key().map(KeyVault.KeyInfo::added));
        JsonText.time(json, "keyCreated", row.key().flatMap(KeyVault.KeyInfo::created));
        JsonText.time(json, "sessionExpiration", row.expiration());
        json.endObject();
      }
      json.endArray();
    });
  }
}
