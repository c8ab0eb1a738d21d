package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.protocol.PrintableText;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.session.RefusedKey;
import dev.jvault.session.SessionView;
import dev.jvault.session.Sessions;
import io.avaje.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The part of {@code status} that is about refused keys and sessions. */
final class SessionStatus {
  private static final String NONE = "-";

  private final Sessions sessions;

  SessionStatus(Sessions sessions) {
    this.sessions = sessions;
  }

  /** A line for each key that AWS refuses. */
  void lines(StatusText text, LocalTimes times) {
    for (RefusedKey key : sessions.refusedKeys()) {
      text.line("key", key.sentence(times::in) + " " + times.note(key.since()));
    }
  }

  /** The sessions, or a line that says that there are none, and what went wrong lately. */
  String table(int columns, LocalTimes times) {
    List<SessionView> views = sessions.views();
    List<SessionView> live =
        views.stream().filter(session -> session.expiration().isPresent()).toList();
    return (live.isEmpty() ? "No sessions.\n" : "\n" + table(live, columns, times))
        + errors(views, times);
  }

  private static String table(List<SessionView> live, int columns, LocalTimes times) {
    var table = new TextTable("Profile", "Session", "Time left", "Next refresh");
    for (SessionView session : live) {
      table.row(
          session.profile(),
          session.label(),
          session.expiration().map(times::left).orElse(NONE),
          session.nextRefresh().map(times::in).orElse(NONE));
    }
    return table.whole(0).render(columns);
  }

  /** Each error once, with the profiles whose sessions it keeps from being obtained. */
  private static String errors(List<SessionView> views, LocalTimes times) {
    var failed = new LinkedHashMap<String, List<SessionView>>();
    for (SessionView session : views) {
      session
          .lastError()
          .map(PrintableText::of)
          .ifPresent(error -> failed.computeIfAbsent(error, _ -> new ArrayList<>()).add(session));
    }
    var text = new StringBuilder();
    failed.forEach((error, sessions) -> text.append(error(error, sessions, times)));
    return text.toString();
  }

  private static String error(String error, List<SessionView> failed, LocalTimes times) {
    String profiles =
        failed.stream()
            .map(SessionView::profile)
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    Instant tried =
        failed.stream().map(SessionView::lastTry).max(Comparator.naturalOrder()).orElseThrow();
    return "\n%s, tried %s: %s\n".formatted(PrintableText.of(profiles), times.ago(tried), error);
  }

  /** The member for keys. */
  void keys(JsonWriter json) {
    json.name("refusedKeys");
    json.beginArray();
    sessions.refusedKeys().forEach(key -> refused(json, key));
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
    JsonText.time(json, "since", key.since());
    JsonText.time(json, "sessionsEnd", key.liveUntil());
    json.endObject();
  }

  private static void session(JsonWriter json, SessionView session) {
    json.beginObject();
    JsonText.member(json, "profile", session.profile());
    JsonText.member(json, "key", session.keyName());
    JsonText.member(json, "session", session.label());
    JsonText.time(json, "expiration", session.expiration());
    JsonText.time(json, "nextRefresh", session.nextRefresh());
    JsonText.member(json, "lastError", session.lastError());
    json.endObject();
  }
}
