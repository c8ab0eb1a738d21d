package dev.jvault.launch;

import dev.jvault.digest.Digests;
import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.ConfigText;
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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Copies of the config files for commands: without the {@code [default]} credentials, which would
 * win over the endpoint in every SDK, and with a {@code credential_process} for each profile that
 * programs reach through jvault only. A file that needs neither is not copied. The daemon updates
 * the copies while it lives, and at once after an edit of its own; the next daemon adopts them,
 * because commands outlive daemons. What a command writes into a copy goes to the original. Safe
 * for many threads.
 */
public final class ConfigCopies {
  private static final String ORIGINALS = "-originals";

  /** The copies of a command; empty for a file that the command may read itself. */
  record Pair(Optional<Path> config, Optional<Path> credentials) {}

  private final Path folder;
  private final ConfigReader reader;
  private final NamedProfiles named;
  private final CopyWriter writer;
  private final Map<String, CallerEnvironment> known = new TreeMap<>();
  private boolean updating;

  /** Copies in a folder, including those that an earlier daemon left there. */
  public ConfigCopies(Path folder, ConfigReader reader, NamedProfiles named, CopyWriter writer) {
    this.folder = folder;
    this.reader = reader;
    this.named = named;
    this.writer = writer;
    if (Files.isDirectory(folder)) {
      takeOver();
    }
    // A key that `import` has moved into the vault must not stay in a copy.
    reader.whenEdited(this::refresh);
  }

  /**
   * The copies for a caller's commands, created or updated.
   *
   * @param profile the command's own, which it reaches without a name
   */
  synchronized Pair of(CallerEnvironment environment, String profile) {
    ConfigFiles originals = ConfigFiles.of(environment);
    CallerEnvironment files =
        only(originals.config().toString(), originals.credentials().toString());
    Map<String, String> commands = named.of(files);
    FilteredConfig filtered = reader.filtered(files, commands);
    Optional<FilteredConfig.Texts> texts = filtered.texts();
    boolean needed =
        filtered.hasDefaultKeys()
            || commands.keySet().stream().anyMatch(name -> !name.equals(profile));
    if (texts.isEmpty() || !needed) {
      return new Pair(Optional.empty(), Optional.empty());
    }
    String name = name(originals);
    OwnerFiles.folder(folder);
    OwnerFiles.write(
        folder.resolve(name + ORIGINALS),
        originals.config() + "\n" + originals.credentials() + "\n");
    known.put(name, files);
    FilteredConfig.Texts own = filtered.originals();
    boolean config = !texts.get().config().equals(own.config());
    boolean credentials = !texts.get().credentials().equals(own.credentials());
    Pair all = pair(name, originals);
    var pair =
        new Pair(all.config().filter(_ -> config), all.credentials().filter(_ -> credentials));
    update(pair, originals, files);
    return pair;
  }

  /** Writes the copies again if their folder was deleted, because commands read them. */
  public synchronized void restoreIfGone() {
    if (known.isEmpty() || Files.isDirectory(folder)) {
      return;
    }
    for (CallerEnvironment environment : List.copyOf(known.values())) {
      try {
        Pair _ = of(environment, "");
      } catch (JvaultException _) {
        // A file that cannot be read has no copy.
      }
    }
  }

  /** Takes what commands have written into the copies to the originals, and updates all copies. */
  public synchronized void refresh() {
    if (updating) {
      return;
    }
    Map.copyOf(known)
        .forEach((name, environment) -> {
          try {
            ConfigFiles originals = ConfigFiles.of(environment);
            Pair all = pair(name, originals);
            var existing =
                new Pair(
                    all.config().filter(Files::exists), all.credentials().filter(Files::exists));
            update(existing, originals, environment);
          } catch (JvaultException _) {
            // The copy of a file that cannot be read stays unchanged.
          }
        });
  }

  /** The folder of the copies, and the one above it, in which it is made. */
  public List<Path> folders() {
    return List.of(folder, folder.resolveSibling("."));
  }

  /** Sentences for the user about what commands wrote into copies; each is returned once. */
  synchronized List<String> notices() {
    return writer.takeNotices();
  }

  /** An edit of an original, which this may make, begins no other update. */
  private void update(Pair pair, ConfigFiles originals, CallerEnvironment files) {
    updating = true;
    try {
      pair.config()
          .ifPresent(copy ->
              writer.update(
                  new CopyWriter.Copy(copy, originals.config(), true),
                  () -> content(files, FilteredConfig.Texts::config)));
      pair.credentials()
          .ifPresent(copy ->
              writer.update(
                  new CopyWriter.Copy(copy, originals.credentials(), false),
                  () -> content(files, FilteredConfig.Texts::credentials)));
    } finally {
      updating = false;
    }
  }

  private CopyWriter.Content content(
      CallerEnvironment files, Function<FilteredConfig.Texts, String> which) {
    Map<String, String> commands = named.of(files);
    FilteredConfig filtered = reader.filtered(files, commands);
    String text = which.apply(filtered.texts().orElseGet(filtered::originals));
    return new CopyWriter.Content(text, commands, !filtered.unsettled());
  }

  /** The names say what the files are, because programs show them when they cannot write there. */
  private Pair pair(String name, ConfigFiles originals) {
    return new Pair(
        Optional.of(copy(name, originals.config(), "config")),
        Optional.of(copy(name, originals.credentials(), "credentials")));
  }

  private Path copy(String name, Path original, String word) {
    return folder.resolve("%s-%s-copy-of-%s".formatted(name, ConfigFiles.copyMark(original), word));
  }

  private void takeOver() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(ORIGINALS)).toList()) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          String name = file.getFileName().toString();
          name = name.substring(0, name.length() - ORIGINALS.length());
          CallerEnvironment environment = only(lines.getFirst(), lines.getLast());
          known.put(name, environment);
          Path config = pair(name, ConfigFiles.of(environment)).config().orElseThrow();
          if (Files.exists(config)) {
            named.takeOver(ConfigText.config(Files.readAllBytes(config)));
          }
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
