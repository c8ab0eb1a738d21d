package dev.jvault.launch;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
  private ConfigReader reader = new ConfigReader(new SdkSectionParser());
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
    assertThat(copies.of(environment).credentials()).isEmpty();
    assertThat(copies.of(environment).config()).isEmpty();
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
  }

  @Test
  void areMadeOnlyOfTheFileThatHasTheKeys() throws IOException {
    Path copy = made(KEY);
    assertThat(copies.of(environment).config()).isEmpty();
    Files.writeString(home.resolve("config"), "[default]\nsso_session = x\n[profile late]\n");
    assertThat(copies.of(environment).config().orElseThrow())
        .hasContent("[default]\n[profile late]\n");
    assertThat(copies.of(environment).credentials()).contains(copy);
  }

  @Test
  void cannotBeWrittenAndSayWhy() throws IOException {
    Path copy = made(KEY);
    assertThat(Files.getPosixFilePermissions(copy)).containsExactly(OWNER_READ);
    assertThat(copy.getFileName().toString()).endsWith("-read-only-copy-of-credentials");
  }

  @Test
  void keepWhatAProgramWroteIntoThemEvenSo() throws IOException {
    Path copy = made(KEY + "[x]\na = 1\n");
    Files.delete(copy);
    Files.writeString(copy, "[default]\naws_access_key_id = new\n");
    copies.refresh();
    assertThat(copy).hasContent("[default]\n[x]\na = 1\n");
    Path kept = copy.resolveSibling(copy.getFileName() + ".edited");
    assertThat(kept).hasContent("[default]\naws_access_key_id = new\n");
    assertThat(copies.notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice).contains(credentials.toString(), kept.toString()));
    assertThat(copies.notices()).isEmpty();
    copies.refresh();
    assertThat(copies.notices()).isEmpty();
  }

  @Test
  void loseAKeyAtOnceThatIsMovedIntoTheVault() throws IOException {
    Path copy =
        made(
            KEY
                + """
                [k]
                aws_access_key_id = AKIAIOSFODNN7EXAMPLE
                aws_secret_access_key = 0123456789012345678901234567890123456789
                """);
    assertThat(copy).content().contains("0123456789012345678901234567890123456789");
    var editor = new ConfigEditor(reader);
    editor.remove(List.of(editor.plaintextKey("k", environment)), environment, Instant.EPOCH);
    assertThat(copy).hasContent("[default]\n[k]\n");
  }

  @Test
  void areNotWhatACallerMeansWhoNamesAnotherFile() throws IOException {
    Path copy = made(KEY);
    Map<String, String> inside = new HashMap<>();
    inside.put("AWS_CONFIG_FILE", home.resolve("config").toString());
    inside.put("AWS_SHARED_CREDENTIALS_FILE", copy.toString());
    inside.put("JVAULT_SHARED_CREDENTIALS_FILE", credentials.toString());
    assertThat(ConfigFiles.of(CallerEnvironment.of(inside)).credentials()).isEqualTo(credentials);
    inside.put("AWS_SHARED_CREDENTIALS_FILE", "/other");
    assertThat(ConfigFiles.of(CallerEnvironment.of(inside)).credentials())
        .isEqualTo(Path.of("/other"));
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
    return copies.of(environment).credentials().orElseThrow();
  }

  private ConfigCopies daemon() {
    reader = new ConfigReader(new SdkSectionParser());
    return new ConfigCopies(folder, reader);
  }
}
