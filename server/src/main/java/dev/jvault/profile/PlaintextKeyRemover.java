package dev.jvault.profile;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.files.ForeignFiles;
import dev.jvault.files.RegularFile;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes the lines of plaintext keys from one config file. All other bytes stay; a backup of the
 * file is kept beside it; a symbolic link is followed.
 */
final class PlaintextKeyRemover {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final FileKind kind;
  private final SectionParser parser;
  private final ForeignFiles files;

  PlaintextKeyRemover(Path path, FileKind kind, SectionParser parser, ForeignFiles files) {
    this.path = path;
    this.kind = kind;
    this.parser = parser;
    this.files = files;
  }

  /**
   * Removes keys.
   *
   * @param date for the name of the backup
   * @return empty if the file has none of the keys
   */
  Optional<ConfigEditor.EditedFile> remove(List<PlaintextKey> keys, String date) {
    try {
      return files.look(path, _ -> removeNow(keys, date));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "The keys are in the vault, but %s cannot be changed (%s); delete their lines there yourself."
              .formatted(path, FileContent.reason(e)),
          e);
    }
  }

  private Optional<ConfigEditor.EditedFile> removeNow(List<PlaintextKey> keys, String date)
      throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    Path file = AtomicFile.linkTarget(path);
    byte[] before = RegularFile.content(file, FileContent.LARGEST);
    Set<String> names = keys.stream().map(PlaintextKey::profile).collect(Collectors.toSet());
    Set<Integer> lines = lines(before, names);
    requireSameKeys(before, keys);
    return lines.isEmpty() ? Optional.empty() : Optional.of(remove(file, before, lines, date));
  }

  /**
   * Refuses to remove a key that is not in the vault, because the file may have changed since it
   * was read.
   */
  private void requireSameKeys(byte[] content, List<PlaintextKey> keys) {
    var file = ConfigFile.parse(path, new String(content, StandardCharsets.UTF_8), kind, parser);
    for (PlaintextKey key : keys) {
      boolean changed =
          Optional.ofNullable(file.profiles().get(key.profile()))
              .flatMap(section -> other(section, key))
              .isPresent();
      if (changed) {
        throw changed();
      }
    }
  }

  private ConfigEditor.EditedFile remove(Path file, byte[] before, Set<Integer> lines, String date)
      throws IOException {
    Set<PosixFilePermission> mode = new HashSet<>(Files.getPosixFilePermissions(file));
    mode.retainAll(OWNERS);
    Path backup =
        AtomicFile.createBeside(
            file.resolveSibling(file.getFileName() + ".jvault-" + date + ".bak"), before);
    boolean done = false;
    try {
      if (!Arrays.equals(before, RegularFile.content(file, FileContent.LARGEST))) {
        throw changed();
      }
      AtomicFile.write(file, without(before, lines), mode, Durability.POWER_FAILURE);
      done = true;
      return new ConfigEditor.EditedFile(path, backup);
    } finally {
      if (!done) {
        Files.deleteIfExists(backup);
      }
    }
  }

  /** The numbers of the lines to remove. */
  private Set<Integer> lines(byte[] content, Set<String> names) {
    var lines = new HashSet<Integer>();
    var seen = new HashMap<String, Integer>();
    Optional<String> profile = Optional.empty();
    boolean taking = false;
    for (ConfigLine line : ConfigLines.of(new String(content, StandardCharsets.UTF_8))) {
      if (line.kind() == ConfigLine.Kind.HEADER) {
        profile = profile(line).filter(names::contains);
      }
      if (line.kind() == ConfigLine.Kind.HEADER || line.kind() == ConfigLine.Kind.OPTION) {
        taking = profile.isPresent() && SourceKeys.KEY_PAIR.contains(line.key());
      }
      if (taking && line.kind() == ConfigLine.Kind.OPTION) {
        Integer other = seen.putIfAbsent(profile.orElse("") + "\n" + line.key(), line.number());
        if (other != null) {
          throw twice(line, other);
        }
      }
      if (taking && line.kind() != ConfigLine.Kind.BLANK) {
        lines.add(line.number());
      }
    }
    return lines;
  }

  private Optional<String> profile(ConfigLine line) {
    SectionHeader header = SectionHeader.of(line, kind);
    return header.type() == SectionHeader.Type.PROFILE
        ? Optional.of(header.name())
        : Optional.empty();
  }

  /** Decoded as Latin-1, so that all other bytes stay as they are. */
  private static byte[] without(byte[] content, Set<Integer> lines) {
    var kept = new StringBuilder(content.length);
    for (ConfigLine line : ConfigLines.of(new String(content, StandardCharsets.ISO_8859_1))) {
      if (!lines.contains(line.number())) {
        kept.append(line.verbatim());
      }
    }
    return kept.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private JvaultException changed() {
    return new JvaultException(
        ExitCode.PROFILE, "%s was changed by another program just now; try again.".formatted(path));
  }

  private JvaultException twice(ConfigLine line, int other) {
    return new JvaultException(
        ExitCode.PROFILE,
        "%s is set twice in one profile (%s and line %d); delete the one that does not count."
            .formatted(line.key(), new Position(path, line.number()), other));
  }

  /** Refuses, before anything is changed, a key whose removal would lose another one. */
  void check(PlaintextKey key, ConfigFile file) {
    try {
      byte[] content = files.read(path, FileContent.LARGEST);
      Set<Integer> _ = lines(content, Set.of(key.profile()));
    } catch (NoSuchFileException _) {
      // It holds no key then.
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PROFILE, "%s cannot be read (%s).".formatted(path, FileContent.reason(e)), e);
    }
    Optional.ofNullable(file.profiles().get(key.profile()))
        .flatMap(section -> other(section, key))
        .ifPresent(setting -> {
          throw setting.wrong(
              "differs from that of the key at " + key.where() + "; delete the one that is wrong");
        });
  }

  /** A part of another key, which does not count and would be lost. */
  private static Optional<Setting> other(Section section, PlaintextKey key) {
    Map<String, Secret> parts =
        Map.of(
            "aws_access_key_id",
            Secret.of(key.key().accessKeyId()),
            "aws_secret_access_key",
            key.key().secretAccessKey());
    return SourceKeys.KEY_PAIR.stream()
        .filter(part ->
            section.secret(part).filter(value -> !value.equals(parts.get(part))).isPresent())
        .flatMap(part -> section.setting(part).stream())
        .findFirst();
  }
}
