package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.profile.ConfigFault;
import dev.jvault.profile.ProfilePlace;
import io.avaje.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The part of {@code status} that is about the config files. */
final class ConfigStatus {
  private final Daemon daemon;
  private final Call call;

  ConfigStatus(Daemon daemon, Call call) {
    this.daemon = daemon;
    this.call = call;
  }

  /** A line for each thing that is wrong, and one for keys in plain text. */
  List<String> lines() {
    Instant now = daemon.clock().instant();
    var lines = new ArrayList<String>();
    for (ConfigFault fault : daemon.profiles().faults(call.environment())) {
      lines.add(
          fault.sentence()
              + fault
                  .since()
                  .map(since -> " (for " + DurationText.ago(since, now) + ")")
                  .orElse(""));
    }
    PlaintextKeyNotice.line(PlaintextKeyNotice.places(daemon, call)).ifPresent(lines::add);
    return lines;
  }

  /** The same as members. */
  void json(JsonWriter json) {
    json.name("configTroubles");
    json.beginArray();
    for (ConfigFault fault : daemon.profiles().faults(call.environment())) {
      json.beginObject();
      JsonText.member(json, "file", fault.file().toString());
      JsonText.member(json, "problem", fault.sentence());
      JsonText.member(json, "since", fault.since().map(Instant::toString));
      json.endObject();
    }
    json.endArray();
    json.name("plainKeys");
    json.beginArray();
    for (ProfilePlace place : PlaintextKeyNotice.places(daemon, call)) {
      json.beginObject();
      JsonText.member(json, "profile", place.profile());
      JsonText.member(json, "where", place.where());
      json.endObject();
    }
    json.endArray();
  }
}
