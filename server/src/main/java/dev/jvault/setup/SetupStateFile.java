package dev.jvault.setup;

import dev.jvault.files.ForeignFiles;
import dev.jvault.files.OwnerFiles;
import dev.jvault.json.JsonText;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file that remembers what setup has written, so that it can be taken back exactly. */
final class SetupStateFile {
  private static final int LARGEST = 4 << 20;

  private final Path path;
  private final ForeignFiles files;

  SetupStateFile(Path path, ForeignFiles files) {
    this.path = path;
    this.files = files;
  }

  /**
   * What was written.
   *
   * @throws JvaultException if the file cannot be read or is damaged, because without it jvault
   *     would take its own lines for the user's
   */
  SetupState read() {
    try {
      return parsed(files.read(path, LARGEST));
    } catch (NoSuchFileException _) {
      return SetupState.EMPTY;
    } catch (IOException e) {
      throw unusable("cannot be read (" + FileFault.reason(e) + ")", e);
    } catch (JsonException | IllegalStateException | InvalidPathException e) {
      throw unusable("is damaged", e);
    }
  }

  /** Replaces the file; removes it if there is nothing to remember. */
  void write(SetupState state) {
    if (state.entries().isEmpty()) {
      OwnerFiles.delete(path);
    } else {
      OwnerFiles.writeDurably(path, text(state));
    }
  }

  private JvaultException unusable(String what, Exception cause) {
    return new JvaultException(
        ExitCode.FAULT,
        "%s, which says what `jvault setup` has written, %s; move it away, then take out the lines between its comments yourself."
            .formatted(path, what),
        cause);
  }

  private static String text(SetupState state) {
    return JsonText.prettyObject(json -> {
      json.name("entries");
      json.beginArray();
      state.entries().forEach(entry -> write(json, entry));
      json.endArray();
      json.name("files");
      json.beginArray();
      state.files().forEach(original -> write(json, original));
      json.endArray();
    });
  }

  private static void write(JsonWriter json, SetupState.Entry entry) {
    json.beginObject();
    JsonText.member(json, "target", entry.target());
    JsonText.member(json, "file", entry.file().toString());
    JsonText.member(json, "whole", Boolean.toString(entry.whole()));
    JsonText.member(json, "gap", Boolean.toString(entry.gap()));
    JsonText.member(json, "written", entry.written());
    json.endObject();
  }

  private static void write(JsonWriter json, SetupState.Original original) {
    json.beginObject();
    JsonText.member(json, "file", original.file().toString());
    JsonText.member(json, "digest", original.digest());
    paths(json, "backups", original.backups());
    paths(json, "folders", original.folders());
    json.endObject();
  }

  private static void paths(JsonWriter json, String name, List<Path> paths) {
    json.name(name);
    json.beginArray();
    paths.forEach(one -> json.value(one.toString()));
    json.endArray();
  }

  private static SetupState parsed(byte[] document) {
    List<SetupState.Entry> entries = new ArrayList<>();
    List<SetupState.Original> originals = new ArrayList<>();
    try (JsonReader json = JsonText.reader(document)) {
      json.beginObject();
      while (json.hasNextField()) {
        boolean ofEntries = json.nextField().equals("entries");
        json.beginArray();
        while (json.hasNextElement()) {
          if (ofEntries) {
            entries.add(entry(json));
          } else {
            originals.add(original(json));
          }
        }
        json.endArray();
      }
      json.endObject();
    }
    return new SetupState(entries, originals);
  }

  private static SetupState.Entry entry(JsonReader json) {
    var fields = new Fields(json);
    return new SetupState.Entry(
        fields.text("target"),
        Path.of(fields.text("file")),
        Boolean.parseBoolean(fields.text("whole")),
        Boolean.parseBoolean(fields.text("gap")),
        fields.text("written"));
  }

  private static SetupState.Original original(JsonReader json) {
    var fields = new Fields(json);
    return new SetupState.Original(
        Path.of(fields.text("file")),
        Optional.ofNullable(fields.texts.get("digest")),
        fields.paths("backups"),
        fields.paths("folders"));
  }

  /** The members of one object, which are texts and lists of paths. */
  private static final class Fields {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<Path>> lists = new HashMap<>();

    Fields(JsonReader json) {
      json.beginObject();
      while (json.hasNextField()) {
        String name = json.nextField();
        if (name.equals("backups") || name.equals("folders")) {
          lists.put(name, pathList(json));
        } else {
          texts.put(name, json.readString());
        }
      }
      json.endObject();
    }

    String text(String name) {
      String value = texts.get(name);
      if (value == null) {
        throw new IllegalStateException("no " + name);
      }
      return value;
    }

    List<Path> paths(String name) {
      return lists.getOrDefault(name, List.of());
    }

    private static List<Path> pathList(JsonReader json) {
      List<Path> paths = new ArrayList<>();
      json.beginArray();
      while (json.hasNextElement()) {
        paths.add(Path.of(json.readString()));
      }
      json.endArray();
      return paths;
    }
  }
}
