package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.GrantView;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.json.JsonText;
import io.avaje.json.JsonWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code grants}: lists who may read the credentials of which profile, since when, and until when.
 */
final class GrantsVerb implements Verb {
  private static final String NONE = "-";

  private final Grants grants;
  private final InstantSource clock;

  GrantsVerb(Grants grants, InstantSource clock) {
    this.grants = grants;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    List<GrantView> views = grants.views();
    if (call.flag("json")) {
      return Reply.ofOutput(json(views));
    }
    return Reply.ofOutput(
        views.isEmpty()
            ? "There are no grants.\n"
            : table(views, call.columns(), call.times(clock.instant())));
  }

  private static String table(List<GrantView> views, int columns, LocalTimes times) {
    var table =
        new TextTable("ID", "Kind", "Profile", "Roles", "Consumer", "Made", "Used", "State");
    for (GrantView view : views) {
      Grant grant = view.grant();
      table.row(
          grant.id(),
          kind(grant),
          grant.profile(),
          grant.roles().isEmpty() ? NONE : String.join(" ", grant.roles()),
          grant.holder().map(GrantsVerb::consumer).orElse(NONE),
          times.shortAgo(grant.made()),
          view.lastUsed().map(times::shortAgo).orElse(NONE),
          state(view, times));
    }
    return table.withoutEmpty(NONE).whole(0).render(columns);
  }

  private static String json(List<GrantView> views) {
    return JsonText.prettyObject(json -> {
      json.name("grants");
      json.beginArray();
      views.forEach(view -> grant(json, view));
      json.endArray();
    });
  }

  private static void grant(JsonWriter json, GrantView view) {
    Grant grant = view.grant();
    json.beginObject();
    JsonText.member(json, "id", grant.id());
    JsonText.member(json, "kind", kind(grant));
    JsonText.member(json, "profile", grant.profile());
    json.name("roles");
    json.beginArray();
    grant.roles().forEach(json::value);
    json.endArray();
    if (grant.holder().isPresent()) {
      JsonText.member(json, "pid", grant.holder().get().pid());
      JsonText.member(json, "command", command(grant.holder().get()));
    }
    JsonText.time(json, "made", grant.made());
    JsonText.time(json, "lastUsed", view.lastUsed());
    JsonText.member(json, "state", word(view));
    JsonText.time(json, "graceEnd", view.graceEnd().filter(end -> !end.equals(Instant.MAX)));
    JsonText.time(json, "exposed", view.exposed());
    json.endObject();
  }

  private static String kind(Grant grant) {
    return grant.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String word(GrantView view) {
    if (view.ended()) {
      return "ended";
    }
    return view.graceEnd().isPresent() ? "rotating" : "active";
  }

  private static String state(GrantView view, LocalTimes times) {
    String state =
        word(view)
            + view.graceEnd()
                .filter(end -> !view.ended() && !end.equals(Instant.MAX))
                .map(end -> ", old token for " + times.left(end))
                .orElse("");
    return view.exposed().map(time -> state + "; exposed " + times.ago(time)).orElse(state);
  }

  private static String consumer(ProcessIdentity process) {
    return process.pid() + command(process).map(name -> " " + name).orElse("");
  }

  /** The name of the program only: the rest of a command line may hold secrets. */
  private static Optional<String> command(ProcessIdentity process) {
    return Optional.of(process)
        .filter(ProcessIdentity::alive)
        .flatMap(living -> ProcessHandle.of(living.pid()))
        .flatMap(handle -> handle.info().command())
        .map(program -> String.valueOf(Path.of(program).getFileName()));
  }
}
