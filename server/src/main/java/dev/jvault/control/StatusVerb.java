package dev.jvault.control;

import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListener;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.json.JsonText;
import io.avaje.json.JsonWriter;
import java.time.InstantSource;

/** {@code status}: shows what is running, since when, what it serves and what went wrong. */
final class StatusVerb implements Verb {
  private static final String V1 = " (IMDSv1 is on: no session token is needed)";

  private final DaemonStatus daemon;
  private final ConfigStatus config;
  private final OldKeys oldKeys;
  private final SessionStatus sessions;
  private final ServedStatus served;
  private final QuestionStatus questions;
  private final TokenlessStatus tokenless;
  private final Grants grants;
  private final ImdsListeners imds;
  private final InstantSource clock;

  StatusVerb(
      DaemonStatus daemon,
      ConfigStatus config,
      OldKeys oldKeys,
      SessionStatus sessions,
      ServedStatus served,
      QuestionStatus questions,
      TokenlessStatus tokenless,
      Grants grants,
      ImdsListeners imds,
      InstantSource clock) {
    this.daemon = daemon;
    this.config = config;
    this.oldKeys = oldKeys;
    this.sessions = sessions;
    this.served = served;
    this.questions = questions;
    this.tokenless = tokenless;
    this.grants = grants;
    this.imds = imds;
    this.clock = clock;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    return Reply.ofOutput(call.flag("json") ? json(call) : text(call));
  }

  private String text(Call call) {
    LocalTimes times = call.times(clock.instant());
    var text = new StatusText();
    daemon.text(text, times);
    config.lines(call.environment(), times).forEach(line -> text.line("config", line));
    oldKeys.lines(call.environment()).forEach(line -> text.line("key", line));
    sessions.lines(text, times);
    served.lines(text);
    questions.lines(text, times);
    for (ImdsListener listener : imds.all()) {
      text.line(
          "imds", listener.endpoint() + " → " + listener.profile() + (listener.v1() ? V1 : ""));
    }
    grants.trouble().ifPresent(sentence -> text.line("grants", sentence));
    imds.troubles().forEach(trouble -> text.line("imds", trouble));
    tokenless.lines(times).forEach(line -> text.line("no token", line));
    return text.with(sessions.table(call.columns(), times));
  }

  private String json(Call call) {
    return JsonText.prettyObject(json -> {
      daemon.json(json);
      config.json(json, call.environment());
      oldKeys.json(json, call.environment());
      sessions.keys(json);
      served.json(json);
      questions.json(json);
      json.name("imds");
      json.beginArray();
      imds.all().forEach(listener -> listener(json, listener));
      json.endArray();
      tokenless.json(json);
      sessions.json(json);
    });
  }

  private static void listener(JsonWriter json, ImdsListener listener) {
    json.beginObject();
    JsonText.member(json, "profile", listener.profile());
    JsonText.member(json, "endpoint", listener.endpoint());
    JsonText.member(json, "v1", listener.v1());
    JsonText.member(json, "grant", listener.grant());
    json.endObject();
  }
}
