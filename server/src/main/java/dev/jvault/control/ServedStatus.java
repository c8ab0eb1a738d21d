package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.served.Obstacle;
import dev.jvault.served.ServedProfile;
import dev.jvault.served.ServedProfiles;
import io.avaje.json.JsonWriter;
import java.util.List;
import java.util.stream.Collectors;

/** The part of {@code status} that is about the profiles that {@code server} keeps ready. */
final class ServedStatus {
  private final ServedProfiles served;

  ServedStatus(ServedProfiles served) {
    this.served = served;
  }

  /** A line with all names, and one for each profile that is not ready. */
  void lines(StatusText text) {
    List<ServedProfile> all = served.all();
    if (all.isEmpty()) {
      return;
    }
    text.line(
        "kept ready",
        all.stream().map(ServedProfile::name).collect(Collectors.joining(", "))
            + ", until `jvault server --forget NAME`");
    for (ServedProfile one : all) {
      one.obstacle()
          .ifPresent(obstacle ->
              text.line(
                  obstacle.needed().isPresent() ? "waiting" : "not ready",
                  one.name() + ": " + obstacle.sentence()));
    }
  }

  /** The names, and what each is ready for or waits for. */
  void json(JsonWriter json) {
    List<ServedProfile> all = served.all();
    json.name("keptReady");
    json.beginArray();
    all.forEach(one -> json.value(one.name()));
    json.endArray();
    json.name("served");
    json.beginArray();
    for (ServedProfile one : all) {
      json.beginObject();
      JsonText.member(json, "profile", one.name());
      JsonText.time(json, "readyUntil", one.readyUntil());
      JsonText.member(json, "needs", one.obstacle().flatMap(Obstacle::needed));
      JsonText.member(json, "reason", one.obstacle().map(Obstacle::sentence));
      json.endObject();
    }
    json.endArray();
  }
}
