package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copies that commands read instead of config files whose {@code [default]} would win. */
final class ConfigCopiesTest {
  private static final String KEY = "[default]\naws_access_key_id = AKIADEFAULT\n";

  @TempDir Path home;
  private Path credentials;
  private Path folder;
  private CallerEnvironment environment;
  private ConfigCopies copies;

  @BeforeEach
  void open() throws IOException {
    credentials = home.resolve("credentials");
    environment =
        CallerEnvironment.of(
            Map.of(
                "AWS_CONFIG_FILE",
                home.resolve("config").toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                credentials.toString()));
    OwnerFiles.folder(home.resolve("jv"));
    folder = home.resolve("jv/config");
    copies = daemon();
  }

  @Test
  void areMadeOnlyIfDefaultHasCredentials() throws IOException {
    Files.writeString(credentials, "[default]\nregion = x\n");
    assertThat(copies.of(environment)).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void followTheirOriginals() throws IOException {
    Path copy = made(KEY + "[x]\na = 1\n");
    assertThat(copy).hasContent("[default]\n[x]\na = 1\n");
    Files.writeString(credentials, KEY + "[x]\na = 2\n");
    copies.refresh();
    assertThat(copy).hasContent("[default]\n[x]\na = 2\n");
    Files.writeString(credentials, "[default]\nregion = y\n[x]\na = 2\n");
    copies.refresh();
    assertThat(copy).hasContent("[default]\nregion = y\n[x]\na = 2\n");
    Files.writeString(home.resolve("config"), "[profile late]\n");
    copies.refresh();
    assertThat(copy.resolveSibling(copy.getFileName().toString().replace("credentials", "config")))
        .hasContent("[profile late]\n");
  }

  @Test
  void stayUnchangedWhileAnOriginalCannotBeRead() throws IOException {
    Path copy = made(KEY + "[x]\na = 1\n");
    Files.delete(credentials);
    Files.createDirectory(credentials);
    copies.refresh();
    assertThat(copy).hasContent("[default]\n[x]\na = 1\n");
    daemon().refresh();
    assertThat(copy).hasContent("[default]\n[x]\na = 1\n");
  }

  @Test
  void areAdoptedByTheNextDaemon() throws IOException {
    Path copy = made(KEY);
    Files.writeString(credentials, KEY + "[x]\na = 3\n");
    daemon().refresh();
    assertThat(copy).hasContent("[default]\n[x]\na = 3\n");
  }

  private Path made(String text) throws IOException {
    Files.writeString(credentials, text);
    return copies.of(environment).orElseThrow().credentials();
  }

  private ConfigCopies daemon() {
    return new ConfigCopies(folder, new ConfigReader(new SdkSectionParser()));
  }
}
