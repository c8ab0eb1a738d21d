package dev.jvault.vault;

import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.json.stream.BufferRecycleStrategy;
import io.avaje.json.stream.JsonStream;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The JSON format that both files of the vault share inside their encryption: {@code {"format":1,
 * "NAME":[{…}, …]}}, with only string values, and possibly with more such lists. The format comes
 * first, so that a newer file is recognized before anything else is read.
 */
final class VaultJson {
  /** The format that this version writes, and the newest that it reads. */
  static final int FORMAT = 1;

  /** Does not recycle buffers, because they would keep secrets. */
  private static final JsonStream JSON =
      JsonStream.builder().bufferRecycling(BufferRecycleStrategy.NO_RECYCLING).build();

  private VaultJson() {}

  /** Writes a document with one list of entries. */
  static byte[] write(String list, Collection<Map<String, String>> entries) {
    return write(Map.of(list, entries));
  }

  /** Writes a document with lists of entries. */
  static byte[] write(Map<String, ? extends Collection<Map<String, String>>> lists) {
    var content = new ByteArrayOutputStream();
    try (JsonWriter writer = JSON.writer(content)) {
      writer.beginObject();
      writer.name("format");
      writer.value(FORMAT);
      lists.forEach((list, entries) -> writeList(writer, list, entries));
      writer.endObject();
    }
    return content.toByteArray();
  }

  private static void writeList(
      JsonWriter writer, String list, Collection<Map<String, String>> entries) {
    writer.name(list);
    writer.beginArray();
    for (Map<String, String> entry : entries) {
      writer.beginObject();
      entry.forEach((name, value) -> {
        writer.name(name);
        writer.value(value);
      });
      writer.endObject();
    }
    writer.endArray();
  }

  /** Reads each entry of a document. An entry without a required value counts as damage. */
  static void read(byte[] content, String list, Consumer<Entry> entries)
      throws UnreadableFileException {
    read(content, list, Map.of(list, entries));
  }

  /**
   * Reads each entry of several lists of a document.
   *
   * @param needed the list that every document has; older documents lack the others
   */
  static void read(byte[] content, String needed, Map<String, Consumer<Entry>> lists)
      throws UnreadableFileException {
    boolean complete = false;
    try (JsonReader reader = JSON.reader(content)) {
      reader.beginObject();
      while (reader.hasNextField()) {
        String field = reader.nextField();
        if (field.equals("format")) {
          checkFormat(reader.readInt());
          continue;
        }
        Consumer<Entry> entries = lists.get(field);
        if (entries == null) {
          reader.skipValue();
        } else {
          readList(reader, entries);
          complete |= field.equals(needed);
        }
      }
      reader.endObject();
    } catch (JsonException | DateTimeException | IllegalArgumentException e) {
      // Without the cause, because a parser may quote secrets that it read.
      throw UnreadableFileException.damaged("does not hold what jvault writes");
    }
    if (!complete) {
      throw UnreadableFileException.damaged("does not hold what jvault writes");
    }
  }

  private static void checkFormat(int format) throws UnreadableFileException {
    if (format > FORMAT) {
      throw UnreadableFileException.newerFormat(format, FORMAT);
    }
  }

  private static void readList(JsonReader reader, Consumer<Entry> entries) {
    reader.beginArray();
    while (reader.hasNextElement()) {
      Map<String, String> values = new HashMap<>();
      reader.beginObject();
      while (reader.hasNextField()) {
        values.put(reader.nextField(), reader.readString());
      }
      reader.endObject();
      entries.accept(new Entry(values));
    }
    reader.endArray();
  }

  /** The strings of one entry. */
  static final class Entry {
    private final Map<String, String> values;

    private Entry(Map<String, String> values) {
      this.values = values;
    }

    /** A value that every entry must have. */
    String required(String name) {
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("entry without " + name);
      }
      return value;
    }

    /** A value that an entry may lack. */
    Optional<String> optional(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }
}
