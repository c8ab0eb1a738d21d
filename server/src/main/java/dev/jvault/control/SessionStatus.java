package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.session.RefusedKey;
import dev.jvault.session.SessionView;
import dev.jvault.session.Sessions;
import io.avaje.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/** The part of {@code status} that is about refused keys, kept profiles and sessions. */
final class SessionStatus {
  private static final String NONE = "-";

  private final Sessions sessions;

  SessionStatus(Sessions sessions) {
    this.sessions = sessions;
  }

  /** A line for each key that AWS refuses, and one for the profiles that are kept ready. */
  void lines(StatusText text, Instant now) {
    for (RefusedKey key : sessions.refusedKeys()) {
      text.line("key", key.sentence() + " (for " + DurationText.ago(key.since(), now) + ")");
    }
    if (!sessions.kept().isEmpty()) {
      text.line("kept ready", String.join(", ", sessions.kept()));
    }
  }

  /** The sessions, or a line that says that there are none. */
  String table(int columns, Instant now) {
    List<SessionView> views = sessions.views();
    if (views.isEmpty()) {
      return "No sessions.\n";
    }
    var table = new TextTable("Profile", "Session", "Time left", "Next refresh", "Last error");
    for (SessionView session : views) {
      table.row(
          session.profile(),
          session.label(),
          session.expiration().map(end -> DurationText.left(end, now)).orElse(NONE),
          session.nextRefresh().map(due -> DurationText.left(due, now)).orElse(NONE),
          session.lastError().orElse(NONE));
    }
    return "\n" + table.render(columns);
  }

  /** The members for keys and kept profiles. */
  void keys(JsonWriter json) {
    json.name("refusedKeys");
    json.beginArray();
    sessions.refusedKeys().forEach(key -> refused(json, key));
    json.endArray();
    json.name("keptReady");
    json.beginArray();
    sessions.kept().forEach(json::value);
    json.endArray();
  }

  /** The member for sessions. */
  void json(JsonWriter json) {
    json.name("sessions");
    json.beginArray();
    sessions.views().forEach(session -> session(json, session));
    json.endArray();
  }

  private static void refused(JsonWriter json, RefusedKey key) {
    json.beginObject();
    JsonText.member(json, "key", key.name());
    JsonText.member(json, "accessKeyId", AccessKeyIds.shown(key.accessKeyId()));
    JsonText.member(json, "since", key.since().toString());
    JsonText.member(json, "sessionsEnd", key.liveUntil().map(Instant::toString));
    json.endObject();
  }

  private static void session(JsonWriter json, SessionView session) {
    json.beginObject();
    JsonText.member(json, "profile", session.profile());
    JsonText.member(json, "key", session.keyName());
    JsonText.member(json, "session", session.label());
    JsonText.member(json, "expiration", session.expiration().map(Instant::toString));
    JsonText.member(json, "nextRefresh", session.nextRefresh().map(Instant::toString));
    JsonText.member(json, "lastError", session.lastError());
    json.endObject();
  }
}
