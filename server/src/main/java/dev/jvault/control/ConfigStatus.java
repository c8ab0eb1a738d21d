package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import io.avaje.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** The part of {@code status} that is about the config files. */
final class ConfigStatus {
  private final ConfigReader configReader;

  ConfigStatus(ConfigReader configReader) {
    this.configReader = configReader;
  }

  /** One line for each problem, and one line if keys are in plain text. */
  List<String> lines(CallerEnvironment environment, LocalTimes times) {
    var lines = new ArrayList<String>();
    for (ConfigReader.Fault fault : configReader.faults(environment)) {
      lines.add(fault.sentence() + fault.since().map(since -> " " + times.note(since)).orElse(""));
    }
    PlaintextKeyNotice.line(PlaintextKeyNotice.places(configReader, environment))
        .ifPresent(lines::add);
    return lines;
  }

  /** The same as JSON members. */
  void json(JsonWriter json, CallerEnvironment environment) {
    json.name("configTroubles");
    json.beginArray();
    for (ConfigReader.Fault fault : configReader.faults(environment)) {
      json.beginObject();
      JsonText.member(json, "file", fault.file().toString());
      JsonText.member(json, "problem", fault.sentence());
      JsonText.time(json, "since", fault.since());
      json.endObject();
    }
    json.endArray();
    json.name("plainKeys");
    json.beginArray();
    for (ConfigReader.KeyLocation place : PlaintextKeyNotice.places(configReader, environment)) {
      json.beginObject();
      JsonText.member(json, "profile", place.profile());
      JsonText.member(json, "where", place.where());
      json.endObject();
    }
    json.endArray();
  }
}
