package dev.jvault.launch;

import dev.jvault.digest.Digests;
import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.FilteredConfig;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies of the config files without the {@code [default]} credentials, which would win over the
 * endpoint in every SDK. There is one pair of copies, readable by the owner only, for each pair of
 * originals. The daemon updates the copies while it lives, and the next daemon adopts them, because
 * commands outlive daemons. Safe for many threads.
 */
public final class ConfigCopies {
  private static final String ORIGINALS = "-originals";

  /** The two files of a command. */
  record Pair(Path config, Path credentials) {}

  private final Path folder;
  private final ConfigReader reader;
  private final Map<String, CallerEnvironment> known = new TreeMap<>();

  /** Copies in a folder, including those that an earlier daemon left there. */
  public ConfigCopies(Path folder, ConfigReader reader) {
    this.folder = folder;
    this.reader = reader;
    if (Files.isDirectory(folder)) {
      takeOver();
    }
  }

  /** The copies for a caller's commands, created or updated; empty if the originals do no harm. */
  synchronized Optional<Pair> of(CallerEnvironment environment) {
    Optional<FilteredConfig.Texts> texts = reader.filtered(environment).texts();
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    ConfigFiles originals = ConfigFiles.of(environment);
    String name = name(originals);
    writeOriginals(name, originals);
    known.put(name, only(originals.config().toString(), originals.credentials().toString()));
    return Optional.of(write(name, texts.get()));
  }

  /** Writes the copies again if their folder was deleted, because commands read them. */
  public synchronized void restoreIfGone() {
    if (!known.isEmpty() && !Files.isDirectory(folder)) {
      refresh();
    }
  }

  /** Updates all copies. */
  public synchronized void refresh() {
    known.forEach((name, environment) -> {
      try {
        writeOriginals(name, ConfigFiles.of(environment));
        write(name, texts(environment));
      } catch (JvaultException _) {
        // The copy of a file that cannot be read stays unchanged.
      }
    });
  }

  private FilteredConfig.Texts texts(CallerEnvironment environment) {
    FilteredConfig filtered = reader.filtered(environment);
    return filtered.texts().orElseGet(filtered::originals);
  }

  private void writeOriginals(String name, ConfigFiles originals) {
    OwnerFiles.folder(folder);
    write(
        folder.resolve(name + ORIGINALS),
        originals.config() + "\n" + originals.credentials() + "\n");
  }

  private Pair write(String name, FilteredConfig.Texts texts) {
    var pair = new Pair(folder.resolve(name + "-config"), folder.resolve(name + "-credentials"));
    write(pair.config(), texts.config());
    write(pair.credentials(), texts.credentials());
    return pair;
  }

  private static void write(Path file, String text) {
    try {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
        OwnerFiles.write(file, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void takeOver() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(ORIGINALS)).toList()) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          String name = file.getFileName().toString();
          known.put(
              name.substring(0, name.length() - ORIGINALS.length()),
              only(lines.getFirst(), lines.getLast()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CallerEnvironment only(String config, String credentials) {
    return CallerEnvironment.of(
        Map.of("AWS_CONFIG_FILE", config, "AWS_SHARED_CREDENTIALS_FILE", credentials));
  }

  private static String name(ConfigFiles originals) {
    byte[] digest = Digests.sha256(originals.config() + "\0" + originals.credentials());
    return HexFormat.of().formatHex(digest, 0, 8);
  }
}
