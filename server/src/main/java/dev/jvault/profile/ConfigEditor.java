package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Changes a caller's config files: adds empty sections, makes the changes that a command made in a
 * copy, and removes keys in plain text. All other bytes stay as they are. For any number of
 * threads; one edit runs at a time.
 *
 * <p>All methods throw {@link JvaultException} with {@link ExitCode#PROFILE} and a sentence that
 * names file and line.
 */
public final class ConfigEditor {
  /**
   * A file that keys were removed from.
   *
   * @param backup the file as it was before, readable by its owner only
   */
  public record EditedFile(Path file, Path backup) {}

  private static final DateTimeFormatter BACKUP_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ConfigReader reader;
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * Creates an editor.
   *
   * @param reader reads a file again after each edit
   */
  public ConfigEditor(ConfigReader reader) {
    this.reader = reader;
  }

  /**
   * Adds an empty section to the config file, unless it has one of that name. Creates the file and
   * its folder if necessary.
   */
  public void addSection(String name, CallerEnvironment environment) {
    if (name.isBlank() || name.contains("]") || !PrintableText.isPrintable(name)) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "\"%s\" cannot be the name of a profile in a config file; choose another name."
              .formatted(PrintableText.quoted(name)));
    }
    writing.lock();
    try {
      var config = ConfigFiles.of(environment).config();
      if (!reader.read(config, FileKind.CONFIG).profiles().containsKey(name)) {
        SectionWriter.append(config, SectionWriter.header(name), reader.files());
        reader.forget(config);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Makes the new state of a caller's files count at once, after jvault itself changed them. */
  public void changed(CallerEnvironment environment) {
    ConfigFiles files = ConfigFiles.of(environment);
    reader.forget(files.config(), files.credentials());
  }

  /** The profiles that have keys in plain text, and where. */
  public List<ConfigReader.KeyLocation> plaintextKeys(CallerEnvironment environment) {
    return reader.plaintextKeys(environment);
  }

  /**
   * The long-lived key that a profile has in plain text, checked so that it can be removed.
   *
   * @throws JvaultException if the profile has none, or one that is temporary, incomplete or
   *     malformed
   */
  public PlaintextKey plaintextKey(String name, CallerEnvironment environment) {
    PlaintextKey key = new PlaintextKeys(reader.read(environment)).of(name);
    ConfigFiles files = ConfigFiles.of(environment);
    config(files).check(key, reader.read(files.config(), FileKind.CONFIG));
    credentials(files).check(key, reader.read(files.credentials(), FileKind.CREDENTIALS));
    return key;
  }

  /**
   * Removes keys from both files, and keeps a backup beside each file that it changes.
   *
   * @param date for the names of the backups
   */
  public List<EditedFile> remove(
      List<PlaintextKey> keys, CallerEnvironment environment, Instant date) {
    ConfigFiles files = ConfigFiles.of(environment);
    String suffix = BACKUP_DATE.format(date);
    writing.lock();
    try {
      return Stream.of(credentials(files), config(files))
          .flatMap(remover -> remover.remove(keys, suffix).stream())
          .toList();
    } finally {
      try {
        reader.forget(files.config(), files.credentials());
      } finally {
        writing.unlock();
      }
    }
  }

  /**
   * What a program has changed in a copy of one of these files.
   *
   * @param config whether it is a copy of the config file; else of the credentials file
   * @param own the line that jvault itself wrote for a profile
   */
  public static ConfigChanges changes(
      String before, String now, boolean config, Map<String, String> own) {
    return ConfigChanges.between(before, now, kind(config), own);
  }

  /** Whether a state of a file looks like the beginning of the state that replaces another. */
  public static boolean looksCutOff(String before, String now) {
    return now.isBlank() ? !before.isBlank() : TruncationDetector.between(before, now);
  }

  /**
   * Makes changes in a file; creates it if necessary.
   *
   * @param config whether it is a config file; else it is a credentials file
   * @return those that cannot be made, because the setting has been changed to another value
   */
  public List<ConfigChanges.Change> make(
      List<ConfigChanges.Change> changes, Path file, boolean config) {
    writing.lock();
    try {
      List<ConfigChanges.Change> left =
          SettingWriter.make(changes, file, kind(config), reader.files());
      if (left.size() < changes.size()) {
        reader.forget(file);
      }
      return left;
    } finally {
      writing.unlock();
    }
  }

  private static FileKind kind(boolean config) {
    return config ? FileKind.CONFIG : FileKind.CREDENTIALS;
  }

  private PlaintextKeyRemover config(ConfigFiles files) {
    return new PlaintextKeyRemover(
        files.config(), FileKind.CONFIG, reader.parser(), reader.files());
  }

  private PlaintextKeyRemover credentials(ConfigFiles files) {
    return new PlaintextKeyRemover(
        files.credentials(), FileKind.CREDENTIALS, reader.parser(), reader.files());
  }
}
