package dev.jvault.profile;

import dev.jvault.protocol.PrintableText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A caller's config files without the credential keys of {@code [default]}, which every SDK would
 * prefer to the endpoint. A profile that has {@code default} as its source reads those keys under
 * another name.
 */
public final class FilteredConfig {
  private static final String NAME = "jvault-default";

  private final FileReading config;
  private final FileReading credentials;
  private final DefaultKeys inConfig;
  private final DefaultKeys inCredentials;

  private FilteredConfig(FileReading config, FileReading credentials) {
    this.config = config;
    this.credentials = credentials;
    this.inConfig = DefaultKeys.in(config.text(), FileKind.CONFIG);
    this.inCredentials = DefaultKeys.in(credentials.text(), FileKind.CREDENTIALS);
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
    return new FilteredConfig(readings.getFirst(), readings.getLast());
  }

  /** The texts without those keys; empty if {@code [default]} has none. */
  public Optional<Texts> texts() {
    if (isEmpty()) {
      return Optional.empty();
    }
    String one = inConfig.without();
    String other = inCredentials.without();
    return Optional.of(
        keptAs()
            .map(name ->
                new Texts(
                    new RenamedDefaultProfile(FileKind.CONFIG, name).file(one, config.text()),
                    new RenamedDefaultProfile(FileKind.CREDENTIALS, name)
                        .file(other, credentials.text())))
            .orElseGet(() -> new Texts(one, other)));
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
        RenamedDefaultProfile.wanted(config.text(), FileKind.CONFIG)
            || RenamedDefaultProfile.wanted(credentials.text(), FileKind.CREDENTIALS);
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
