package dev.jvault.launch;

import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/** Copies of config files beside a vault that is not there. */
final class TestCopies {
  private TestCopies() {}

  /** Copies for which the vault has no key. */
  static ConfigCopies in(Path folder, ConfigReader reader) {
    return in(folder, reader, Set.of());
  }

  /**
   * Copies for which the vault has keys.
   *
   * @param keys their names
   */
  static ConfigCopies in(Path folder, ConfigReader reader, Set<String> keys) {
    return new ConfigCopies(
        folder,
        reader,
        new NamedProfiles(
            new Profiles(reader, keys::contains),
            reader,
            () -> false,
            name -> "credential_process = /opt/jvault credential-process " + name),
        new CopyWriter(new ConfigEditor(reader), InstantSource.system()));
  }
}
