package dev.jvault.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What setup does with files that the user has changed, linked or protected. */
final class UserEditsTest {
  @TempDir private Path folder;
  private SetupHome home;

  @BeforeEach
  void home() {
    home = new SetupHome(folder);
  }

  @Test
  void onlyTheLinesOfSetupGoIfTheUserHasEditedElsewhere() {
    home.config("[profile dev]\nregion = eu-west-1");
    home.setUp("profile", "dev");
    home.config(
        "# mine\n"
            + home.text(home.config()).replace("region = eu-west-1\n\n", "region = us-east-1\n\n")
            + "\n[profile later]\noutput = json\n");
    home.undo("profile", "dev");
    assertThat(home.text(home.config()))
        .isEqualTo("# mine\n[profile dev]\nregion = us-east-1\n\n[profile later]\noutput = json\n");
  }

  @Test
  void aFileWithAnEditKeepsItsBackup() throws IOException {
    home.config("[profile dev]\n");
    home.setUp("profile", "dev");
    home.config(home.text(home.config()) + "# more\n");
    home.undo();
    assertThat(home.text(home.config())).isEqualTo("[profile dev]\n# more\n");
    try (var files = Files.list(home.config().getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config", "config.jvault-20300102-030405.bak");
    }
  }

  @Test
  void linesThatTheUserHasEditedAreKeptAndShown() {
    home.config("[profile dev]\n");
    home.setUp("profile", "dev");
    String edited = home.text(home.config()).replace("region = eu-west-1", "region = mine-1");
    home.config(edited);
    Prepared undo = home.undo("profile", "dev");
    assertThat(undo.keepsEdits()).isTrue();
    assertThat(String.join("\n", undo.unchanged()))
        .contains("because you have changed them")
        .contains("-region = eu-west-1\n+region = mine-1\n");
    assertThat(home.text(home.config())).isEqualTo(edited);
    Prepared again = home.setUp("profile", "dev");
    assertThat(again.keepsEdits()).isTrue();
    assertThat(home.text(home.config())).isEqualTo(edited);
  }

  @Test
  void settingsBelowTheSectionOfSetupKeepIt() {
    home.config("[profile dev]\n");
    home.setUp("profile", "dev");
    home.config(home.text(home.config()) + "output = json\n");
    String before = home.text(home.config());
    assertThat(home.undo("profile", "dev").keepsEdits()).isTrue();
    assertThat(home.text(home.config())).isEqualTo(before);
  }

  @Test
  void linesOfSetupThatTheUserHasNotEditedFollowANewPlan() {
    home.config("[profile dev]\n");
    Map<String, String> before = home.everything();
    home.setUp("profile", "dev");
    home.regions.put("dev", "us-east-2");
    home.setUp("profile", "dev");
    assertThat(home.text(home.config())).contains("region = us-east-2").doesNotContain("eu-west-1");
    home.undo();
    assertThat(home.everything()).isEqualTo(before);
  }

  @Test
  void linesThatAreGoneAreNoReasonToFail() {
    home.config("[profile dev]\n");
    home.setUp("profile", "dev");
    home.config("[profile dev]\n");
    Prepared undo = home.undo("profile", "dev");
    assertThat(undo.unchanged()).containsExactly("The lines of profile dev are gone already.");
    assertThat(home.undo("profile", "dev").unchanged())
        .containsExactly("Nothing of profile dev is set up.");
  }

  @Test
  void otherLineEndsAreNoEdit() {
    home.config("[profile dev]\n");
    home.setUp("profile", "dev");
    home.config(home.text(home.config()).replace("\n", "\r\n"));
    home.undo();
    assertThat(home.text(home.config())).isEqualTo("[profile dev]\r\n");
  }

  @Test
  void aNewFileAndItsFoldersGoAgain() {
    Map<String, String> before = home.everything();
    home.setUp("profile", "dev");
    assertThat(home.text(home.config())).startsWith("# >>> jvault setup profile dev >>>\n");
    home.undo();
    assertThat(home.everything()).isEqualTo(before);
  }

  @Test
  void aLinkIsFollowedAndStaysALink() throws IOException {
    Path real = home.home.resolve("dotfiles/aws");
    home.write(real, "[profile dev]\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Files.createDirectories(home.config().getParent());
    Files.createSymbolicLink(home.config(), Path.of("../dotfiles/aws"));
    Map<String, String> before = home.everything();
    home.setUp("profile", "dev");
    assertThat(home.config()).isSymbolicLink();
    assertThat(home.text(real)).contains("[profile dev-jvault]");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
    home.undo();
    assertThat(home.everything()).isEqualTo(before);
  }

  @Test
  void aLinkToNothingMakesTheFileThatItNames() throws IOException {
    Files.createDirectories(home.config().getParent());
    Files.createSymbolicLink(home.config(), Path.of("../dotfiles/aws"));
    home.setUp("profile", "dev");
    assertThat(home.config()).isSymbolicLink();
    assertThat(home.text(home.home.resolve("dotfiles/aws"))).contains("[profile dev-jvault]");
    home.undo();
    assertThat(home.config()).isSymbolicLink();
    assertThat(home.home.resolve("dotfiles")).doesNotExist();
  }

  @Test
  void aFileThatOthersCanWriteIsRefused() throws IOException {
    home.config("[profile dev]\n");
    Files.setPosixFilePermissions(home.config(), PosixFilePermissions.fromString("rw-rw-rw-"));
    refused("can be written by every user; run `chmod o-w ");
    Files.setPosixFilePermissions(home.config(), PosixFilePermissions.fromString("r--r--r--"));
    refused("is read-only; run `chmod u+w ");
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws IOException {
    assumeTrue(OwnUid.get() == 0, "only root can give a file away");
    home.config("[profile dev]\n");
    Files.setAttribute(home.config(), "unix:uid", 12345);
    refused("belongs to another user");
  }

  @Test
  void aFileInAnotherEncodingIsRefused() {
    home.write(home.config(), new byte[] {(byte) 0xFF, (byte) 0xFE, '[', 0, 'a', 0, ']', 0});
    refused("is no text in UTF-8");
  }

  @Test
  void aFolderInThePlaceOfTheFileIsRefused() throws IOException {
    Files.createDirectories(home.config());
    refused("cannot be read (is a directory)");
  }

  @Test
  void aLoopOfLinksIsRefused() throws IOException {
    Files.createDirectories(home.config().getParent());
    Files.createSymbolicLink(home.config(), Path.of("config"));
    refused("too many symbolic links");
  }

  @Test
  void aFailureInTheSecondFileLeavesTheFirstAsItWas() throws IOException {
    home.program("direnv").config("[profile dev]\n");
    home.write(home.home.resolve(".config/direnv/lib"), "not a folder");
    Map<String, String> before = home.everything();
    assertThatThrownBy(() -> home.setUp("profile", "dev", "direnv"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("nothing was changed");
    assertThat(home.everything()).isEqualTo(before);
    Files.delete(home.home.resolve(".config/direnv/lib"));
    assertThat(home.undo("profile").unchanged()).containsExactly("Nothing of profile is set up.");
  }

  @Test
  void aDamagedMemoryIsNamed() {
    home.config("[profile dev]\n");
    home.write(folder.resolve("state/setup.json"), "{\"entries\": [3");
    assertThatThrownBy(() -> home.setUp("profile", "dev"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("state/setup.json")
        .hasMessageContaining("is damaged");
  }

  @Test
  void aSectionOfTheUserIsNotReplaced() {
    String own = "[profile dev-jvault]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n";
    home.config(own);
    refused(
        "config has a section [dev-jvault] of yours (" + home.config() + ":2: aws_access_key_id)");
    home.config("[profile dev]\n");
    home.write(home.home.resolve(".aws/credentials"), "[dev-jvault]\naws_access_key_id = AKIA\n");
    refused("[dev-jvault] has credentials of its own");
  }

  @Test
  void aSectionThatTheUserHasPastedIsLeftAlone() {
    String own =
        "[profile dev-jvault]\ncredential_process = %s/bin/jvault credential-process dev\n"
            .formatted(home.prefix);
    home.config(own);
    assertThat(home.setUp("profile", "dev").unchanged())
        .containsExactly("profile dev is set up already; nothing was changed for it.");
    assertThat(home.text(home.config())).isEqualTo(own);
  }

  private void refused(String sentence) {
    Map<String, String> before = home.everything();
    assertThatThrownBy(() -> home.setUp("profile", "dev"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining(sentence);
    assertThat(home.everything()).isEqualTo(before);
  }
}
