package dev.jvault.control;

import dev.jvault.imds.ImdsListener;
import dev.jvault.json.JsonText;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.session.RefusedKey;
import dev.jvault.session.SessionView;
import io.avaje.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code status}: what runs, since when, where, what is served and what went wrong. */
final class StatusVerb implements Verb {
  private static final String V1 = " (IMDSv1 is on: no session token is needed)";
  private static final Duration SKEW_WORTH_TELLING = Duration.ofMinutes(1);

  private final Daemon daemon;

  StatusVerb(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Reply run(Call call) {
    return Reply.out(call.flag("json") ? json(call) : text(call));
  }

  private String text(Call call) {
    Instant now = daemon.clock().instant();
    var text = new StringBuilder();
    text.append(
        "jvault %s runs since %s (pid %d)\n"
            .formatted(
                ProgramVersion.CURRENT,
                DurationText.ago(daemon.started(), now),
                daemon.process().pid()));
    line(text, "endpoint", "http://127.0.0.1:" + daemon.port());
    line(text, "control", daemon.files().controlSocket().toString());
    line(text, "vault", vault());
    line(text, "log", daemon.files().log().toString());
    skew().ifPresent(skew -> line(text, "clock", skew));
    daemon.audit().trouble().ifPresent(trouble -> line(text, "audit", trouble));
    new ConfigStatus(daemon, call).lines().forEach(line -> line(text, "config", line));
    for (RefusedKey key : daemon.sessions().refusedKeys()) {
      line(text, "key", key.sentence() + " (for " + DurationText.ago(key.since(), now) + ")");
    }
    if (!daemon.sessions().kept().isEmpty()) {
      line(text, "kept ready", String.join(", ", daemon.sessions().kept()));
    }
    for (ImdsListener imds : daemon.imds().all()) {
      line(text, "imds", imds.endpoint() + " → " + imds.profile() + (imds.v1() ? V1 : ""));
    }
    daemon.imds().troubles().forEach(trouble -> line(text, "imds", trouble));
    List<SessionView> sessions = daemon.sessions().views();
    if (sessions.isEmpty()) {
      return text.append("No sessions.\n").toString();
    }
    var table = new Table("Profile", "Session", "Time left", "Next refresh", "Last error");
    for (SessionView session : sessions) {
      table.row(
          session.profile(),
          session.label(),
          session.expiration().map(end -> DurationText.left(end, now)).orElse("-"),
          session.nextRefresh().map(due -> DurationText.left(due, now)).orElse("-"),
          session.lastError().orElse("-"));
    }
    return text.append('\n').append(table.render(call.columns())).toString();
  }

  private String json(Call call) {
    return JsonText.prettyObject(json -> {
      JsonText.member(json, "running", true);
      JsonText.member(json, "version", ProgramVersion.CURRENT);
      JsonText.member(json, "pid", daemon.process().pid());
      JsonText.member(json, "started", daemon.started().toString());
      JsonText.member(json, "endpoint", "http://127.0.0.1:" + daemon.port());
      JsonText.member(json, "control", daemon.files().controlSocket().toString());
      JsonText.member(json, "log", daemon.files().log().toString());
      JsonText.member(json, "auditTrouble", daemon.audit().trouble());
      JsonText.member(json, "vaultKey", keySource());
      JsonText.member(json, "vaultUnlocked", daemon.vault().unlocked());
      JsonText.member(json, "vaultLockedByPerson", daemon.vault().shut());
      JsonText.member(json, "clockSkewSeconds", daemon.skew().get().toSeconds());
      new ConfigStatus(daemon, call).json(json);
      json.name("refusedKeys");
      json.beginArray();
      daemon.sessions().refusedKeys().forEach(key -> refused(json, key));
      json.endArray();
      json.name("keptReady");
      json.beginArray();
      daemon.sessions().kept().forEach(json::value);
      json.endArray();
      json.name("imds");
      json.beginArray();
      daemon.imds().all().forEach(listener -> imds(json, listener));
      json.endArray();
      json.name("sessions");
      json.beginArray();
      daemon.sessions().views().forEach(session -> session(json, session));
      json.endArray();
    });
  }

  private static void imds(JsonWriter json, ImdsListener listener) {
    json.beginObject();
    JsonText.member(json, "profile", listener.profile());
    JsonText.member(json, "endpoint", listener.endpoint());
    JsonText.member(json, "v1", listener.v1());
    JsonText.member(json, "grant", listener.grant());
    json.endObject();
  }

  private static void refused(JsonWriter json, RefusedKey key) {
    json.beginObject();
    JsonText.member(json, "key", key.name());
    JsonText.member(json, "accessKeyId", key.accessKeyId());
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

  private String vault() {
    String where = " in " + daemon.files().vault();
    return daemon.vault().exists()
        ? lock() + ", key from " + keySource() + where
        : "none yet" + where;
  }

  private String lock() {
    if (daemon.vault().unlocked()) {
      return "unlocked";
    }
    return daemon.vault().shut() ? "locked by `jvault lock`" : "locked";
  }

  private String keySource() {
    return daemon
        .vault()
        .keySource()
        .map(source -> source.name().toLowerCase(Locale.ROOT))
        .orElse("none");
  }

  private Optional<String> skew() {
    Duration skew = daemon.skew().get();
    return skew.abs().compareTo(SKEW_WORTH_TELLING) > 0
        ? Optional.of("differs from AWS's by " + skew.toSeconds() + " s; set this machine's clock")
        : Optional.empty();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-11s%s\n".formatted(name, value));
  }
}
