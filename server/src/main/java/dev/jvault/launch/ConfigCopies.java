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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies of the config files without the {@code [default]} credentials, which would win over the
 * endpoint in every SDK. Only a file that has such keys is copied. The daemon updates the copies
 * while it lives, and at once after an edit of its own; the next daemon adopts them, because
 * commands outlive daemons. Safe for many threads.
 */
public final class ConfigCopies {
  private static final String ORIGINALS = "-originals";

  /** The copies of a command; empty for a file that the command may read itself. */
  record Pair(Optional<Path> config, Optional<Path> credentials) {}

  private final Path folder;
  private final ConfigReader reader;
  private final CopyWriter writer = new CopyWriter();
  private final Map<String, CallerEnvironment> known = new TreeMap<>();

  /** Copies in a folder, including those that an earlier daemon left there. */
  public ConfigCopies(Path folder, ConfigReader reader) {
    this.folder = folder;
    this.reader = reader;
    if (Files.isDirectory(folder)) {
      takeOver();
    }
    // A key that `import` has moved into the vault must not stay in a copy.
    reader.whenEdited(this::refresh);
  }

  /** The copies for a caller's commands, created or updated. */
  synchronized Pair of(CallerEnvironment environment) {
    FilteredConfig filtered = reader.filtered(environment);
    Optional<FilteredConfig.Texts> texts = filtered.texts();
    ConfigFiles originals = ConfigFiles.of(environment);
    String name = name(originals);
    if (texts.isEmpty()) {
      return new Pair(Optional.empty(), Optional.empty());
    }
    OwnerFiles.folder(folder);
    OwnerFiles.write(
        folder.resolve(name + ORIGINALS),
        originals.config() + "\n" + originals.credentials() + "\n");
    known.put(name, only(originals.config().toString(), originals.credentials().toString()));
    FilteredConfig.Texts own = filtered.originals();
    boolean config = !texts.get().config().equals(own.config());
    boolean credentials = !texts.get().credentials().equals(own.credentials());
    Pair all = pair(name, originals);
    var pair =
        new Pair(all.config().filter(_ -> config), all.credentials().filter(_ -> credentials));
    write(pair, originals, texts.get());
    return pair;
  }

  /** Writes the copies again if their folder was deleted, because commands read them. */
  public synchronized void restoreIfGone() {
    if (known.isEmpty() || Files.isDirectory(folder)) {
      return;
    }
    for (CallerEnvironment environment : List.copyOf(known.values())) {
      try {
        Pair _ = of(environment);
      } catch (JvaultException _) {
        // A file that cannot be read has no copy.
      }
    }
  }

  /** Updates all copies. */
  public synchronized void refresh() {
    known.forEach((name, environment) -> {
      try {
        ConfigFiles originals = ConfigFiles.of(environment);
        Pair all = pair(name, originals);
        var existing =
            new Pair(all.config().filter(Files::exists), all.credentials().filter(Files::exists));
        write(existing, originals, texts(environment));
      } catch (JvaultException _) {
        // The copy of a file that cannot be read stays unchanged.
      }
    });
  }

  /** Sentences for the user about copies that something wrote into; each is returned once. */
  synchronized List<String> notices() {
    return writer.takeNotices();
  }

  private FilteredConfig.Texts texts(CallerEnvironment environment) {
    FilteredConfig filtered = reader.filtered(environment);
    return filtered.texts().orElseGet(filtered::originals);
  }

  private void write(Pair pair, ConfigFiles originals, FilteredConfig.Texts texts) {
    pair.config().ifPresent(copy -> writer.write(copy, originals.config(), texts.config()));
    pair.credentials()
        .ifPresent(copy -> writer.write(copy, originals.credentials(), texts.credentials()));
  }

  /** The names say what the files are, because programs show them when they cannot write there. */
  private Pair pair(String name, ConfigFiles originals) {
    return new Pair(
        Optional.of(copy(name, originals.config(), "config")),
        Optional.of(copy(name, originals.credentials(), "credentials")));
  }

  private Path copy(String name, Path original, String word) {
    return folder.resolve(
        "%s-%s-read-only-copy-of-%s".formatted(name, ConfigFiles.copyMark(original), word));
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
    return HexFormat.of().formatHex(digest, 0, 4);
  }
}
