package dev.jvault.profile;

import dev.jvault.protocol.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A caller's config files without the credential keys of {@code [default]}, which every SDK would
 * prefer to the endpoint. A profile that has {@code default} as its source reads those keys under
 * another name. Some profiles may get a {@code credential_process} in place of their sources.
 */
public final class FilteredConfig {
  private static final String NAME = "jvault-default";

  private final FileReading config;
  private final FileReading credentials;
  private final Texts changed;
  private final DefaultKeys inConfig;
  private final DefaultKeys inCredentials;

  private FilteredConfig(FileReading config, FileReading credentials, Texts changed) {
    this.config = config;
    this.credentials = credentials;
    this.changed = changed;
    this.inConfig = DefaultKeys.in(changed.config(), FileKind.CONFIG);
    this.inCredentials = DefaultKeys.in(changed.credentials(), FileKind.CREDENTIALS);
  }

  /**
   * The texts of both files.
   *
   * @param config for {@code AWS_CONFIG_FILE}; empty if there is no file
   * @param credentials for {@code AWS_SHARED_CREDENTIALS_FILE}; empty if there is no file
   */
  public record Texts(String config, String credentials) {
    /** Says nothing of the texts, which may hold plaintext keys of other profiles. */
    @Override
    public String toString() {
      return "Texts[***]";
    }
  }

  /**
   * The credential keys of {@code [default]} that a command does not see.
   *
   * @param keys each with {@code file:line}
   * @param keptAs the profile of the command's files that has all of them; empty if no profile
   *     names {@code default} as its source
   */
  public record RemovedKeys(List<String> keys, Optional<String> keptAs) {
    /** Copies the list. */
    public RemovedKeys {
      keys = List.copyOf(keys);
    }
  }

  /** Filters the readings of the config file and of the credentials file, in this order. */
  static FilteredConfig of(List<FileReading> readings) {
    FileReading config = readings.getFirst();
    FileReading credentials = readings.getLast();
    return new FilteredConfig(config, credentials, new Texts(config.text(), credentials.text()));
  }

  /**
   * The same with a line for each of these profiles in place of its sources.
   *
   * @param commands the {@code credential_process} line of each profile
   */
  static FilteredConfig of(List<FileReading> readings, Map<String, String> commands) {
    FileReading config = readings.getFirst();
    FileReading credentials = readings.getLast();
    Set<String> inConfig =
        ConfigText.config(config.text().getBytes(StandardCharsets.UTF_8)).profiles();
    return new FilteredConfig(
        config,
        credentials,
        new Texts(
            new CommandLineSections(FileKind.CONFIG, commands).file(config.text(), Set.of()),
            new CommandLineSections(FileKind.CREDENTIALS, commands)
                .file(credentials.text(), inConfig)));
  }

  /** Whether {@code [default]} has credential keys. */
  public boolean hasDefaultKeys() {
    return !isEmpty();
  }

  /** Whether a file was read while another program may be writing it. */
  public boolean unsettled() {
    return config.trouble().isPresent() || credentials.trouble().isPresent();
  }

  /** The texts for commands; empty if they are the {@link #originals}. */
  public Optional<Texts> texts() {
    return Optional.of(withoutDefaultKeys()).filter(texts -> !texts.equals(originals()));
  }

  private Texts withoutDefaultKeys() {
    if (isEmpty()) {
      return changed;
    }
    String one = inConfig.without();
    String other = inCredentials.without();
    return keptAs()
        .map(name ->
            new Texts(
                new RenamedDefaultProfile(FileKind.CONFIG, name).file(one, changed.config()),
                new RenamedDefaultProfile(FileKind.CREDENTIALS, name)
                    .file(other, changed.credentials())))
        .orElseGet(() -> new Texts(one, other));
  }

  /** Both files as they are. */
  public Texts originals() {
    return new Texts(config.text(), credentials.text());
  }

  /** What {@link #texts} leaves out; empty if that is nothing. */
  public Optional<RemovedKeys> removedKeys() {
    List<String> keys =
        Stream.concat(located(inConfig, config), located(inCredentials, credentials)).toList();
    return isEmpty() ? Optional.empty() : Optional.of(new RemovedKeys(keys, keptAs()));
  }

  private static Stream<String> located(DefaultKeys keys, FileReading reading) {
    return keys.options().stream()
        .map(line ->
            "%s (%s)"
                .formatted(
                    PrintableText.quoted(line.key()),
                    new Position(reading.file().path(), line.number())));
  }

  private boolean isEmpty() {
    return inConfig.options().isEmpty() && inCredentials.options().isEmpty();
  }

  private Optional<String> keptAs() {
    boolean wanted =
        RenamedDefaultProfile.wanted(changed.config(), FileKind.CONFIG)
            || RenamedDefaultProfile.wanted(changed.credentials(), FileKind.CREDENTIALS);
    if (!wanted) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>(config.file().profiles().keySet());
    names.addAll(credentials.file().profiles().keySet());
    return Stream.iterate(1, number -> number + 1)
        .map(number -> number == 1 ? NAME : NAME + "-" + number)
        .filter(name -> !names.contains(name))
        .findFirst();
  }
}
