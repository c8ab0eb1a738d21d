package dev.jvault.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.StoredKeys;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparedNamesTest {
  private static final String CONFIG =
      """
      [profile work]
      aws_access_key_id = AKIAIOSFODNN7EXAMPLE
      aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

      [profile dev]
      role_arn = arn:aws:iam::222222222222:role/team/Developer
      source_profile = work

      [profile audit]
      sso_session = corp
      sso_account_id = 333333333333
      sso_role_name = Auditor

      [profile broken]
      role_arn = arn:aws:iam::222222222222:role/X
      source_profile = missing

      [profile helper]
      credential_process = /bin/true --password secret

      [sso-session corp]
      sso_start_url = https://corp.awsapps.com/start
      sso_region = eu-west-1
      """;

  @TempDir Path home;
  private Path config = Path.of("");
  private CallerEnvironment caller = CallerEnvironment.of(Map.of());

  @SuppressWarnings("NullAway.Init")
  private RuntimeFiles files;

  @SuppressWarnings("NullAway.Init")
  private Grants grants;

  @SuppressWarnings("NullAway.Init")
  private PreparedNames names;

  @BeforeEach
  void open() throws IOException {
    config = Files.createDirectory(home.resolve(".aws")).resolve("config");
    Files.writeString(config, CONFIG);
    caller = CallerEnvironment.of(Map.of("HOME", home.toString()));
    files = RuntimeFiles.of(Map.of("JVAULT_HOME", home.resolve("jv").toString()), "Linux");
    OwnerFiles.folder(files.run());
    var reader = new ConfigReader(new SdkSectionParser());
    grants = new Grants(files.state(), files.tokens(), new FakeClock());
    names = new PreparedNames(files, new Profiles(reader, StoredKeys.none()), reader, grants);
  }

  @Test
  void saysOfEachProfileAndLoginWhatItIs() throws IOException {
    names.calledBy(caller);

    assertThat(text("profiles"))
        .isEqualTo(
            """
            jvault-completion 1
            config + %s
            credentials - %s
            profile work\tkey in plain text
            profile dev\trole Developer in 222222222222 via work
            profile audit\tSSO Auditor in 333333333333 by corp
            profile broken\tcannot be used: see jvault explain
            profile helper\tcredential_process
            session corp\thttps://corp.awsapps.com/start
            """
                .formatted(config, home.resolve(".aws/credentials")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("profiles"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aChangedConfigFileIsWrittenDownAtTheNextHeartbeat() throws IOException {
    names.calledBy(caller);
    FileTime before = Files.getLastModifiedTime(file("profiles"));
    names.refresh();
    assertThat(Files.getLastModifiedTime(file("profiles"))).isEqualTo(before);

    Files.writeString(config, CONFIG + "[profile more]\ncredential_process = x\n");
    Files.setLastModifiedTime(config, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    names.refresh();

    assertThat(text("profiles")).contains("profile more\tcredential_process\n");
    assertThat(Files.getLastModifiedTime(file("profiles"))).isGreaterThan(before);
  }

  @Test
  void anotherCallersFilesTakeTheirPlaceAndACallWithoutVariablesChangesNothing()
      throws IOException {
    Path other = Files.writeString(home.resolve("other"), "[profile o]\ncredential_process = x\n");
    names.calledBy(caller);
    names.calledBy(
        CallerEnvironment.of(Map.of("HOME", home.toString(), "AWS_CONFIG_FILE", other.toString())));
    assertThat(text("profiles")).contains("config + " + other, "profile o\t");

    names.calledBy(CallerEnvironment.of(Map.of()));

    assertThat(text("profiles")).contains("config + " + other);
  }

  @Test
  void listsTheGrantsAsTheyComeAndGo() throws IOException {
    names.refresh();
    assertThat(text("grants")).isEmpty();

    Grant grant = grants.standing(Grant.Kind.TERMINAL, "dev", caller);
    names.refresh();
    assertThat(text("grants")).isEqualTo(grant.id() + "\tterminals, dev\n");
  }

  @Test
  void nothingThatATerminalObeysIsPreparedAndDeletedFilesComeBack() throws IOException {
    Files.writeString(
        config, "[profile r\u202el]\nregion = x\n[profile ok]\ncredential_process = x\n");
    names.calledBy(caller);
    assertThat(text("profiles")).contains("profile ok\t").doesNotContain("\u202e");

    Files.delete(file("profiles"));
    Files.delete(file("grants"));
    names.refresh();

    assertThat(file("profiles")).exists();
    assertThat(file("grants")).exists();
  }

  @Test
  void aReleasedFolderBelongsToTheNextDaemon() {
    names.release();
    names.calledBy(caller);

    assertThat(file("grants")).doesNotExist();
  }

  private Path file(String name) {
    return files.run().resolve("completion").resolve(name);
  }

  private String text(String name) throws IOException {
    return Files.readString(file(name));
  }
}
