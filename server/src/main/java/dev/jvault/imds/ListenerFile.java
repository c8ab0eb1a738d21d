package dev.jvault.imds;

import dev.jvault.files.OwnerFiles;
import dev.jvault.files.SetAside;
import dev.jvault.json.JsonText;
import io.avaje.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The file that keeps the IMDS listeners over restarts of the daemon. */
final class ListenerFile {
  private final Path path;
  private Optional<String> trouble = Optional.empty();

  ListenerFile(Path path) {
    this.path = path;
  }

  /** The kept listeners; those before the damage if the file is damaged, which is set aside. */
  List<ImdsListener> read() {
    var listeners = new ArrayList<ImdsListener>();
    if (!Files.exists(path)) {
      return listeners;
    }
    try (JsonReader json = JsonText.reader(Files.readAllBytes(path))) {
      json.beginObject();
      while (json.hasNextField()) {
        if (json.nextField().equals("listeners")) {
          json.beginArray();
          while (json.hasNextElement()) {
            listeners.add(listener(json));
          }
          json.endArray();
        } else {
          json.skipValue();
        }
      }
      json.endObject();
    } catch (IOException | RuntimeException e) {
      Optional<Path> aside = SetAside.move(path, e.getClass().getSimpleName());
      trouble =
          Optional.of(
              "%s was damaged%s, so the IMDS ports are not known; open them with `jvault server --imds NAME=PORT`."
                  .formatted(path, aside.map(place -> " and is now " + place).orElse("")));
    }
    return listeners;
  }

  /** A sentence for the user if the file was damaged. */
  Optional<String> trouble() {
    return trouble;
  }

  void write(Collection<ImdsListener> listeners) {
    OwnerFiles.writeDurably(
        path,
        JsonText.prettyObject(json -> {
          json.name("listeners");
          json.beginArray();
          for (ImdsListener listener : listeners) {
            json.beginObject();
            JsonText.member(json, "grant", listener.grant());
            JsonText.member(json, "profile", listener.profile());
            JsonText.member(json, "port", listener.wanted());
            if (listener.substitute().isPresent()) {
              JsonText.member(json, "substitute", listener.substitute().getAsInt());
            }
            JsonText.member(json, "v1", listener.v1());
            JsonText.member(json, "kept", listener.kept());
            json.endObject();
          }
          json.endArray();
        }));
  }

  private static ImdsListener listener(JsonReader json) {
    String grant = "";
    String profile = "";
    int port = 0;
    OptionalInt substitute = OptionalInt.empty();
    boolean v1 = false;
    boolean kept = false;
    json.beginObject();
    while (json.hasNextField()) {
      switch (json.nextField()) {
        case "grant" -> grant = json.readString();
        case "profile" -> profile = json.readString();
        case "port" -> port = json.readInt();
        case "substitute" -> substitute = OptionalInt.of(json.readInt());
        case "v1" -> v1 = json.readBoolean();
        case "kept" -> kept = json.readBoolean();
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new ImdsListener(grant, profile, port, substitute, false, v1, kept);
  }
}
