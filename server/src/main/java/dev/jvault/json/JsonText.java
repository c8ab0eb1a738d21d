package dev.jvault.json;

import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.json.stream.BytesJsonWriter;
import io.avaje.json.stream.JsonStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes and reads one JSON document. */
public final class JsonText {
  private static final JsonStream STREAM = JsonStream.builder().build();

  private JsonText() {}

  /** One object on one line, UTF-8; the consumer writes its members. */
  public static byte[] object(Consumer<JsonWriter> members) {
    return document(false, members);
  }

  /** One object over several lines, for a reader or a file, with a newline at its end. */
  public static String prettyObject(Consumer<JsonWriter> members) {
    return new String(document(true, members), java.nio.charset.StandardCharsets.UTF_8) + "\n";
  }

  /** A reader of a document; the caller closes it. */
  public static JsonReader reader(byte[] document) {
    return STREAM.reader(document);
  }

  /** Writes a member with a string value. */
  public static void member(JsonWriter writer, String name, String value) {
    writer.name(name);
    writer.value(value);
  }

  /** Writes a member with a number. */
  public static void member(JsonWriter writer, String name, long value) {
    writer.name(name);
    writer.value(value);
  }

  /** Writes a member with a boolean. */
  public static void member(JsonWriter writer, String name, boolean value) {
    writer.name(name);
    writer.value(value);
  }

  /** Writes a member if there is a value, nothing otherwise. */
  public static void member(JsonWriter writer, String name, Optional<String> value) {
    value.ifPresent(text -> member(writer, name, text));
  }

  /** A time for programs: ISO-8601, UTC, whole seconds. Rounded down, as AWS does with an end. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Writes a member with a time. */
  public static void time(JsonWriter writer, String name, Instant instant) {
    member(writer, name, time(instant));
  }

  /** Writes a member with a time if there is one, nothing otherwise. */
  public static void time(JsonWriter writer, String name, Optional<Instant> instant) {
    instant.ifPresent(present -> time(writer, name, present));
  }

  private static byte[] document(boolean pretty, Consumer<JsonWriter> members) {
    BytesJsonWriter buffer = STREAM.bufferedWriterAsBytes();
    buffer.pretty(pretty);
    buffer.beginObject();
    members.accept(buffer);
    buffer.endObject();
    return buffer.result();
  }
}
