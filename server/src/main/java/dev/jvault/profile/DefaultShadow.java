package dev.jvault.profile;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The credentials of {@code [default]} in both files, and the files as a command should see them.
 */
final class DefaultShadow {
  private static final String NAME = "jvault-default";

  private final FileReading config;
  private final FileReading credentials;
  private final DefaultKeys inConfig;
  private final DefaultKeys inCredentials;

  private DefaultShadow(FileReading config, FileReading credentials) {
    this.config = config;
    this.credentials = credentials;
    this.inConfig = DefaultKeys.in(config.text(), FileKind.CONFIG);
    this.inCredentials = DefaultKeys.in(credentials.text(), FileKind.CREDENTIALS);
  }

  /** Of the config file and the credentials file. */
  static DefaultShadow of(List<FileReading> readings) {
    return new DefaultShadow(readings.getFirst(), readings.getLast());
  }

  /** The files, where the credentials are taken out of one of them. */
  Optional<ShadowedFiles> files() {
    if (isEmpty()) {
      return Optional.empty();
    }
    String one = inConfig.without();
    String other = inCredentials.without();
    return Optional.of(
        keptAs()
            .map(name ->
                new ShadowedFiles(
                    new RenamedDefaultProfile(FileKind.CONFIG, name).file(one, config.text()),
                    new RenamedDefaultProfile(FileKind.CREDENTIALS, name)
                        .file(other, credentials.text())))
            .orElseGet(() -> new ShadowedFiles(one, other)));
  }

  /** The same in words. */
  Optional<ShadowedDefault> told() {
    List<String> taken =
        Stream.concat(told(inConfig, config), told(inCredentials, credentials)).toList();
    return isEmpty() ? Optional.empty() : Optional.of(new ShadowedDefault(taken, keptAs()));
  }

  private static Stream<String> told(DefaultKeys keys, FileReading reading) {
    return keys.options().stream()
        .map(line ->
            "%s (%s)"
                .formatted(
                    PrintableText.of(line.key()),
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
