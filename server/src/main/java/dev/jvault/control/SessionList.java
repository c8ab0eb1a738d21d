package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.session.Sessions;
import dev.jvault.vault.StoredSession;
import dev.jvault.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code list --sessions}: the live sessions in the vault and in memory. */
final class SessionList {
  private final Vault vault;
  private final Sessions sessions;
  private final InstantSource clock;

  SessionList(Vault vault, Sessions sessions, InstantSource clock) {
    this.vault = vault;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * The sessions as a table or as JSON.
   *
   * @param open whether the vault is open
   */
  Reply reply(Call call, boolean open) {
    LocalTimes times = call.times(clock.instant());
    List<SessionRow> rows = rows(times.now(), open);
    return Reply.ofOutput(call.flag("json") ? json(rows) : table(rows, call.columns(), times));
  }

  /** A live session, in the vault or in memory. */
  private record SessionRow(String profile, String key, String label, Instant expiration) {}

  private List<SessionRow> rows(Instant now, boolean open) {
    Collection<StoredSession> stored = open ? vault.sessions().all().values() : List.of();
    Stream<SessionRow> kept =
        stored.stream()
            .map(session ->
                new SessionRow(
                    session.profile(),
                    session.keyName(),
                    session.label(),
                    session.credentials().expiration()))
            .filter(session -> session.expiration().isAfter(now));
    Stream<SessionRow> inMemory =
        sessions.views().stream()
            .flatMap(view ->
                view.expiration().stream()
                    .map(end -> new SessionRow(view.profile(), view.keyName(), view.label(), end)));
    return Stream.concat(kept, inMemory)
        .distinct()
        .sorted(Comparator.comparing(SessionRow::profile).thenComparing(SessionRow::label))
        .toList();
  }

  private static String table(List<SessionRow> rows, int columns, LocalTimes times) {
    var table = new TextTable("Profile", "Key", "Session", "Time left");
    for (SessionRow row : rows) {
      table.row(row.profile(), row.key(), row.label(), times.left(row.expiration()));
    }
    return table.whole(0, 1).render(columns);
  }

  private static String json(List<SessionRow> rows) {
    return JsonText.prettyObject(json -> {
      json.name("sessions");
      json.beginArray();
      for (SessionRow row : rows) {
        json.beginObject();
        JsonText.member(json, "profile", row.profile());
        JsonText.member(json, "key", row.key());
        JsonText.member(json, "session", row.label());
        JsonText.time(json, "expiration", row.expiration());
        json.endObject();
      }
      json.endArray();
    });
  }
}
