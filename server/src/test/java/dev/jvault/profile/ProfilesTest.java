package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files behind the profiles, and what can be asked about all of them. */
final class ProfilesTest {
  private static final String ROLE = "role_arn = arn:aws:iam::222222222222:role/r\n";

  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void filesAreFoundByTheVariablesThenTheHomeAndACopyLeadsToItsOriginal() {
    assertThat(ConfigFiles.of(home.environment()))
        .isEqualTo(new ConfigFiles(home.config, home.credentials));
    home.config("").with("AWS_SHARED_CREDENTIALS_FILE", "~/mine/../c");
    assertThat(ConfigFiles.of(home.environment()))
        .isEqualTo(new ConfigFiles(home.config, folder.resolve("c")));
    String copy = "/run/1-" + ConfigFiles.copyMark(Path.of("/real/config")) + "-copy";
    home.with("AWS_CONFIG_FILE", copy).with("JVAULT_CONFIG_FILE", "/real/config");
    home.with("JVAULT_SHARED_CREDENTIALS_FILE", "/real/credentials");
    assertThat(ConfigFiles.of(home.environment()))
        .isEqualTo(new ConfigFiles(Path.of("/real/config"), folder.resolve("c")));
    home.with("AWS_CONFIG_FILE", "/other");
    assertThat(ConfigFiles.of(home.environment()).config()).isEqualTo(Path.of("/other"));
    home.with("AWS_CONFIG_FILE", "");
    assertThat(ConfigFiles.of(home.environment()).config()).isEqualTo(home.config);
  }

  @Test
  void aCallerWithoutAHomeIsTheUserOfTheSystem() {
    assertThat(ConfigFiles.of(CallerEnvironment.of(Map.of())).config())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".aws/config"));
  }

  @Test
  void aChangedFileIsReadAgain() {
    for (String region : new String[] {"eu-west-1", "eu-west-2", "us-east-1", "us-east-2"}) {
      home.config("[profile a]\nregion = " + region + "\n");
      assertThat(home.resolve("a").region()).hasValue(region);
      assertThat(home.resolve("a").region()).hasValue(region);
    }
  }

  @Test
  void aKeyThatComesAndGoesIsNoticed() throws Exception {
    home.config("[profile a]\nsource_profile = b\n[profile b]\n");
    Files.setLastModifiedTime(home.config, FileTime.fromMillis(0));
    for (boolean stored : new boolean[] {false, true, false}) {
      Chain chain = home.keys(stored ? new String[] {"a"} : new String[0]).resolve("a");
      assertThat(chain.hops().getFirst()).isEqualTo(new Hop.StoredKey(stored ? "a" : "b"));
    }
  }

  @Test
  void aReplacedAndADeletedFileAreNoticed() throws Exception {
    home.config("[profile a]\nregion = eu-west-1\n");
    assertThat(home.resolve("a").region()).hasValue("eu-west-1");
    Path next = Files.writeString(folder.resolve("next"), "[profile a]\nregion = eu-west-2\n");
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(home.config));
    Files.move(next, home.config, StandardCopyOption.ATOMIC_MOVE);
    assertThat(home.resolve("a").region()).hasValue("eu-west-2");
    Files.delete(home.config);
    // An atomic replacement by two renames looks the same for a moment.
    assertThat(home.resolve("a").region()).hasValue("eu-west-2");
    await().untilAsserted(() -> assertThat(home.outcome("a")).startsWith("There is no profile"));
  }

  @Test
  void manyThreadsSeeTheSameProfilesWhileTheFileIsReplaced() throws Exception {
    home.config("[profile a]\nregion = eu-west-1\n");
    var readings = new ArrayList<Future<String>>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        readings.add(pool.submit(() -> home.outcome("a")));
        if (i % 20 == 0) {
          String text = "[profile a]\nregion = eu-west-" + (1 + i / 20 % 2) + "\n";
          Path next = Files.writeString(folder.resolve("next"), text);
          Files.move(next, home.config, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    for (Future<String> reading : readings) {
      assertThat(reading.get()).matches("key a > token 12h eu-west-[12] : eu-west-[12]");
    }
  }

  @Test
  void listsEveryProfileWithItsKindAndWhatIsWrong() {
    home.config(
        "[default]\nregion = eu-west-1\n[profile root]\nmfa_serial = serial-of-root\n[profile r]\n"
            + ROLE
            + "source_profile = root\n[profile s]\nsso_session = x\n[profile b]\nbroken\n"
            + "[profile l]\nsource_profile = nowhere\nregion = us-east-1\n[profile p]\n"
            + "credential_process = x\n[profile w]\nweb_identity_token_file = x\n"
            + ROLE
            + "[profile i]\nlogin_session = x\n");
    home.credentials("[plain]\naws_access_key_id = AKIA\naws_secret_access_key = CANARY\n");
    var list = home.profiles.list(home.environment()).stream().map(ListedProfile::summary).toList();
    assertThat(list)
        .extracting(summary ->
            "%s %s %s %s %s"
                .formatted(
                    summary.name(),
                    summary.kind(),
                    summary.source().orElse("-"),
                    summary.region().orElse("-"),
                    summary.problem().map(_ -> "problem").orElse("fine")))
        .containsExactly(
            "default key - eu-west-1 fine",
            "root key - eu-west-1 fine",
            "r role root eu-west-1 fine",
            "s sso - eu-west-1 problem",
            "b broken - eu-west-1 problem",
            "l key nowhere us-east-1 problem",
            "p process - eu-west-1 fine",
            "w web-identity - eu-west-1 problem",
            "i login - eu-west-1 fine",
            "plain key - eu-west-1 fine");
    assertThat(list.get(1).mfaSerial()).hasValue("serial-of-root");
    assertThat(list.get(2).roleArn()).hasValue("arn:aws:iam::222222222222:role/r");
    assertThat(list.get(2).position()).hasToString(home.config + ":5");
    assertThat(list.toString()).doesNotContain("CANARY");
    var keyed = home.profiles.assuming(_ -> true).list(home.environment()).get(5);
    assertThat(keyed.summary().problem()).isEmpty();
    assertThat(keyed.chain()).isPresent();
  }

  @Test
  void knowsTheProfilesThatAKeyMakesWork() {
    home.config(
        "[profile root]\n[profile a]\nsource_profile=root\n"
            + ROLE
            + "[profile b]\nsource_profile=a\n"
            + ROLE
            + "[profile c]\nsource_profile=bare\n"
            + ROLE
            + "[profile broken]\nx\n[profile other]\n[profile round]\nsource_profile=round2\n"
            + "[profile round2]\nsource_profile=round\n");
    home.credentials("[plain]\naws_access_key_id = x\n");
    var profiles = home.profiles;
    var environment = home.environment();
    assertThat(profiles.dependingOn("root", environment)).containsExactly("root", "a", "b");
    assertThat(profiles.dependingOn("bare", environment)).containsExactly("c");
    assertThat(profiles.dependingOn("plain", environment)).containsExactly("plain");
    assertThat(profiles.dependingOn("nobody", environment)).isEmpty();
  }

  @Test
  @Attack("redacted")
  void aParsedSectionHoldsNoPlainSecret() {
    var values = new SectionParser.ParsedSection.Values(Map.of("k", "CANARY"));
    assertThat(values.toString()).contains("k").doesNotContain("CANARY");
    assertThat(new FilteredConfig.Texts("CANARY", "CANARY").toString()).doesNotContain("CANARY");
    assertThat(ConfigLines.of("k = CANARY\n").toString()).doesNotContain("CANARY");
    Section section =
        Section.of(
            FileKind.CREDENTIALS,
            new Position(folder, 1),
            ConfigLines.of("aws_secret_access_key = CANARY\n"),
            new dev.jvault.aws.SdkSectionParser());
    assertThat(section.setting("aws_secret_access_key").orElseThrow().text()).isEqualTo("(hidden)");
  }

  @Test
  void aNameThatNoHeaderCanCarryIsRefused() {
    for (String name : new String[] {"", " ", "a\nb", "a]b", "a\tb"}) {
      assertThatThrownBy(() -> home.editor.addSection(name, home.environment()))
          .isInstanceOf(JvaultException.class)
          .hasMessageContaining("cannot be the name of a profile");
    }
    assertThat(home.config).doesNotExist();
  }
}
