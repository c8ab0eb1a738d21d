package dev.jvault.imds;

import dev.jvault.files.OwnerFiles;
import dev.jvault.json.JsonText;
import io.avaje.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that keeps the IMDS listeners over restarts of the daemon. */
final class ListenerFile {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerFile.class);

  private final Path path;

  ListenerFile(Path path) {
    this.path = path;
  }

  /** The kept listeners; none if the file cannot be read. */
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
      LOG.warn("event=imds_unreadable file={} reason={}", path, e.getClass().getSimpleName());
    }
    return listeners;
  }

  void write(Collection<ImdsListener> listeners) {
    OwnerFiles.write(
        path,
        JsonText.prettyObject(json -> {
          json.name("listeners");
          json.beginArray();
          for (ImdsListener listener : listeners) {
            json.beginObject();
            JsonText.member(json, "grant", listener.grant());
            JsonText.member(json, "profile", listener.profile());
            JsonText.member(json, "port", listener.port());
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
    boolean v1 = false;
    boolean kept = false;
    json.beginObject();
    while (json.hasNextField()) {
      switch (json.nextField()) {
        case "grant" -> grant = json.readString();
        case "profile" -> profile = json.readString();
        case "port" -> port = json.readInt();
        case "v1" -> v1 = json.readBoolean();
        case "kept" -> kept = json.readBoolean();
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new ImdsListener(grant, profile, port, v1, kept);
  }
}
