package dev.jvault.grant;

import dev.jvault.files.OwnerFiles;
import dev.jvault.files.SetAside;
import dev.jvault.json.JsonText;
import io.avaje.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The file of grants. It holds hashes of tokens, never a token. */
final class GrantFile {
  /** How many grants there are at most. */
  static final int MOST = 10_000;

  /** From this size on, the file takes no new grant: callers may have long variables. */
  private static final long FULL = 8 << 20;

  /** No file gets longer: at most one grant and the previous tokens are added to a full one. */
  private static final long LONGEST = 32 << 20;

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path path;
  private final GrantJson json;
  private final String boot;
  private long size;
  private volatile Optional<String> trouble = Optional.empty();

  GrantFile(Path path, GrantJson json) {
    this.path = path;
    this.json = json;
    this.boot = boot();
  }

  /**
   * The kept grants, without those of processes of an earlier boot, whose pids now belong to
   * others. A file that cannot be read counts as empty, because grants are made again on demand,
   * and is set aside.
   */
  List<GrantEntry> read() {
    List<GrantEntry> entries = new ArrayList<>();
    if (missing()) {
      return entries;
    }
    try {
      String writtenIn = parse(bytes(), entries);
      entries.removeIf(entry -> entry.grant().kind().held() && !writtenIn.equals(boot));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      entries.clear();
      size = 0;
      setAside(e.getClass().getSimpleName());
    }
    return entries;
  }

  boolean missing() {
    return Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a grant could be read again. */
  boolean readable(GrantEntry entry) {
    return json.readable(entry);
  }

  /** Whether the file, as it was last read or written, takes no new grant. */
  boolean full() {
    return size >= FULL;
  }

  void write(Collection<GrantEntry> entries) {
    String text =
        JsonText.prettyObject(writer -> {
          JsonText.member(writer, "boot", boot);
          writer.name("grants");
          writer.beginArray();
          entries.forEach(entry -> json.write(writer, entry));
          writer.endArray();
        });
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (entries.stream().anyMatch(entry -> entry.grant().kind().lasts())) {
      OwnerFiles.writeDurably(path, bytes);
    } else {
      OwnerFiles.write(path, bytes);
    }
    size = bytes.length;
  }

  private byte[] bytes() throws IOException {
    if (!Files.isRegularFile(path) || Files.size(path) > LONGEST) {
      throw new IOException("no file of grants");
    }
    byte[] bytes = Files.readAllBytes(path);
    size = bytes.length;
    return bytes;
  }

  /** Adds the grants of the file; returns the id of the boot in which it was written. */
  private String parse(byte[] bytes, List<GrantEntry> entries) {
    String writtenIn = "";
    boolean faulty = false;
    try (JsonReader reader = JsonText.reader(bytes)) {
      reader.beginObject();
      while (reader.hasNextField()) {
        switch (reader.nextField()) {
          case "boot" -> writtenIn = reader.readString();
          case "grants" -> {
            reader.beginArray();
            while (reader.hasNextElement()) {
              Optional<GrantEntry> entry = json.read(reader);
              entry.ifPresent(entries::add);
              faulty |= entry.isEmpty();
            }
            reader.endArray();
          }
          default -> reader.skipValue();
        }
      }
      reader.endObject();
    }
    if (faulty) {
      setAside("a grant that is none");
    }
    return writtenIn;
  }

  /** A sentence for the user if the file could not be read when this daemon started. */
  Optional<String> trouble() {
    return trouble;
  }

  private void setAside(String reason) {
    Optional<Path> aside = SetAside.move(path, reason);
    trouble =
        Optional.of(
            "%s was damaged%s, and grants are lost with it; programs that get no credentials any more need what `jvault server` prints now, or a new start of their command."
                .formatted(path, aside.map(place -> " and is now " + place).orElse("")));
  }

  /** Empty on systems whose process start times are in wall-clock time, which needs no boot id. */
  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
