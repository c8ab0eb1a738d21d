package dev.jvault.launch;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copies that commands read instead of config files whose {@code [default]} would win. */
final class ConfigCopiesTest {
  private static final String KEY = "[default]\naws_access_key_id = AKIADEFAULT\n";

  private static final String PROFILES =
      """
      # of mine
      [default]
      region = eu-west-1

      [profile root]
      # the key is in the vault
      region = eu-west-2
      [profile prod]
        source_profile = root
        role_arn = arn:aws:iam::222222222222:role/Developer
        region = us-east-1
        s3 =
          max_concurrent_requests = 20
      [profile sso]
      sso_session = corp
      sso_account_id = 333333333333
      sso_role_name = Reader
      output = json
      [sso-session corp]
      sso_start_url = https://example.com/start
      sso_region = us-east-1
      [profile bare]
      region = eu-west-3
      [profile tool]
      credential_process = /bin/tool
      [profile broken]
      source_profile = nobody
      role_arn = arn:aws:iam::222222222222:role/x
      """;

  @TempDir Path home;
  private Path credentials;
  private Path folder;
  private CallerEnvironment environment;
  private ConfigReader reader = new ConfigReader(new SdkSectionParser());
  private ConfigCopies copies;
  private final Set<String> keys = new HashSet<>();

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
    assertThat(copies.of(environment, "dev").credentials()).isEmpty();
    assertThat(copies.of(environment, "dev").config()).isEmpty();
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
    assertThat(copies.of(environment, "dev").config()).isEmpty();
    Files.writeString(home.resolve("config"), "[default]\nsso_session = x\n[profile late]\n");
    assertThat(copies.of(environment, "dev").config().orElseThrow())
        .hasContent("[default]\n[profile late]\n");
    assertThat(copies.of(environment, "dev").credentials()).contains(copy);
  }

  @Test
  void sayInTheirNamesWhatTheyAre() throws IOException {
    Path copy = made(KEY);
    assertThat(Files.getPosixFilePermissions(copy))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
    assertThat(copy.getFileName().toString()).endsWith("-copy-of-credentials");
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
  void giveEachProfileACommandThatIsReachedThroughJvaultOnly() throws IOException {
    keys.add("root");
    Path copy = config(PROFILES);
    assertThat(copy)
        .hasContent(
            """
            # of mine
            [default]
            region = eu-west-1

            [profile root]
            credential_process = /opt/jvault credential-process root
            # the key is in the vault
            region = eu-west-2
            [profile prod]
              credential_process = /opt/jvault credential-process prod
              region = us-east-1
              s3 =
                max_concurrent_requests = 20
            [profile sso]
            credential_process = /opt/jvault credential-process sso
            output = json
            [sso-session corp]
            sso_start_url = https://example.com/start
            sso_region = us-east-1
            [profile bare]
            region = eu-west-3
            [profile tool]
            credential_process = /bin/tool
            [profile broken]
            source_profile = nobody
            role_arn = arn:aws:iam::222222222222:role/x
            """);
    assertThat(copies.of(environment, "dev").credentials()).isEmpty();
  }

  @Test
  void areNotMadeForTheCommandsOwnProfile() throws IOException {
    keys.add("dev");
    Files.writeString(home.resolve("config"), "[profile dev]\n[profile bare]\n");
    assertThat(copies.of(environment, "dev").config()).isEmpty();
    assertThat(copies.of(environment, "bare").config()).isPresent();
  }

  @Test
  void followTheKeysOfTheVault() throws IOException {
    keys.add("one");
    Path copy = config("[profile one]\n[profile two]\n");
    assertThat(copy).content().doesNotContain("credential-process two");
    keys.add("two");
    copies.refresh();
    assertThat(copy).content().contains("credential-process two");
    keys.remove("one");
    copies.refresh();
    assertThat(copy).content().doesNotContain("credential-process one");
  }

  @Test
  void takeASettingOfACommandToTheOriginalAndLeaveAllElseThere() throws IOException {
    keys.add("root");
    Path copy = config(PROFILES);
    Files.writeString(copy, changed(Files.readString(copy)) + "[profile new]\nregion = x\n");
    copies.refresh();
    assertThat(home.resolve("config"))
        .hasContent(changed(PROFILES) + "\n[profile new]\nregion = x\n");
    assertThat(copy).content().contains("us-west-2", "[profile new]", "credential-process prod");
    assertThat(copies.notices()).isEmpty();
  }

  private static String changed(String text) {
    return text.replace("region = us-east-1\n  s3", "region = us-west-2\n  s3")
        .replace("output = json\n", "output = json\ncli_pager = less\n")
        .replace("max_concurrent_requests = 20", "max_concurrent_requests = 30");
  }

  @Test
  void takeAnotherSourceOfAProfileToTheOriginal() throws IOException {
    keys.add("root");
    String config = "[profile root]\n[profile prod]\nrole_arn = arn:aws:iam::222222222222:role/a\n";
    Path copy = config(config + "source_profile = root\n");
    Files.writeString(
        copy, Files.readString(copy) + "role_arn = arn:aws:iam::222222222222:role/b\n");
    copies.refresh();
    assertThat(home.resolve("config"))
        .hasContent(config.replace("role/a", "role/b") + "source_profile = root\n");
    assertThat(copy).content().doesNotContain("role_arn").contains("credential-process prod");
  }

  @Test
  void keepBothIfTheOriginalHasChangedToo() throws IOException {
    keys.add("root");
    Path copy = config("[profile root]\nregion = a\noutput = json\n");
    Files.writeString(home.resolve("config"), "[profile root]\nregion = b\noutput = json\n");
    String edited = Files.readString(copy).replace("= a", "= c").replace("json", "text");
    Files.writeString(copy, edited);
    daemon().refresh();
    assertThat(home.resolve("config")).hasContent("[profile root]\nregion = b\noutput = text\n");
    assertThat(copy.resolveSibling(copy.getFileName() + ".edited")).hasContent(edited);
  }

  @Test
  void sayWhatTheyCouldNotTakeOver() throws IOException {
    keys.add("root");
    String config = "# mine\n[profile root]\nregion = a\noutput = json\n";
    Path copy = config(config + "[profile x]\n");
    String edited = Files.readString(copy).replace("output = json\n", "cli_pager = cat\n");
    Files.writeString(copy, edited);
    copies.refresh();
    assertThat(home.resolve("config")).hasContent(config + "cli_pager = cat\n[profile x]\n");
    Path kept = copy.resolveSibling(copy.getFileName() + ".edited");
    assertThat(kept).hasContent(edited);
    assertThat(copies.notices())
        .singleElement()
        .satisfies(notice ->
            assertThat(notice).contains(home.resolve("config").toString(), kept.toString()));
    assertThat(copies.notices()).isEmpty();
  }

  @Test
  void takeNothingFromACopyThatIsCutOff() throws IOException {
    keys.add("root");
    String config = "[profile root]\nregion = a\n[profile x]\nregion = b\n";
    Path copy = config(config);
    String whole = Files.readString(copy);
    for (int length : new int[] {0, 20, whole.length() / 2, whole.length() - 3}) {
      String part = whole.substring(0, length);
      Files.writeString(copy, part);
      copies.refresh();
      assertThat(copy).hasContent(part);
      Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minusSeconds(5)));
      copies.refresh();
      assertThat(home.resolve("config")).hasContent(config);
      assertThat(copy).hasContent(whole);
    }
    assertThat(copies.notices()).hasSize(4);
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

  private Path config(String text) throws IOException {
    Files.writeString(home.resolve("config"), text);
    return copies.of(environment, "dev").config().orElseThrow();
  }

  private Path made(String text) throws IOException {
    Files.writeString(credentials, text);
    return copies.of(environment, "dev").credentials().orElseThrow();
  }

  private ConfigCopies daemon() {
    reader = new ConfigReader(new SdkSectionParser());
    return TestCopies.in(folder, reader, keys);
  }
}
