package dev.jvault.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.OwnUid;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which file counts in a folder, and which profile it names. */
final class ProfileFileTest {
  private static final long UID = OwnUid.get();

  @TempDir Path temporary;
  private Path home = Path.of("");
  private Path below = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    home = Files.createDirectory(temporary.toRealPath().resolve("home"));
    below = Files.createDirectories(home.resolve("project/module"));
  }

  @Test
  void thatOfTheNearestFolderCounts() throws IOException {
    Files.writeString(home.resolve(".jvault"), "far");
    Path near = Files.writeString(home.resolve("project/.awsprofile"), "near");

    assertThat(ProfileFile.nearest(below, home)).contains(near);
    assertThat(ProfileFile.nearest(home, home)).contains(home.resolve(".jvault"));
  }

  @Test
  void ofTwoInOneFolderThatOfJvaultCounts() throws IOException {
    Files.writeString(below.resolve(".awsprofile"), "other");
    Path own = Files.writeString(below.resolve(".jvault"), "own");

    assertThat(ProfileFile.nearest(below, home)).contains(own);
  }

  @Test
  void aboveTheHomeNoneCountsForAFolderInTheHome() throws IOException {
    Path above = Files.writeString(home.resolveSibling(".jvault"), "above");
    Path elsewhere = Files.createDirectory(home.resolveSibling("elsewhere"));

    assertThat(ProfileFile.nearest(below, home)).isEmpty();
    assertThat(ProfileFile.nearest(elsewhere, home)).contains(above);
  }

  @Test
  void aFolderOfThatNameIsPassedOver() throws IOException {
    Files.createDirectory(below.resolve(".jvault"));

    assertThat(ProfileFile.nearest(below, home)).isEmpty();
  }

  @Test
  void aFolderThatALinkLeadsToIsTheRealOne() throws IOException {
    Path file = Files.writeString(home.resolve("project/.jvault"), "dev");
    Path link = Files.createSymbolicLink(home.resolveSibling("link"), below);

    assertThat(ProfileFile.nearest(link, home)).contains(file);
    assertThat(ProfileFile.at(link.resolve("../.jvault").normalize())).isEmpty();
    assertThat(ProfileFile.at(home.resolve("project"))).contains(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev",
        "dev\n",
        "\ufeff# the team's\r\n\r\n  dev  \r\n",
        "dev # not prod",
        "AWS_PROFILE=dev",
        "export AWS_PROFILE = dev # comment",
        "AWS_PROFILE='dev'",
        "export AWS_PROFILE=\"dev\" # comment",
        "\"dev\""
      })
  void namesOneProfile(String text) throws IOException {
    Path file = Files.writeString(below.resolve(".jvault"), text);

    assertThat(ProfileFile.read(file, UID).profile()).isEqualTo("dev");
  }

  @Test
  void aNameMayHaveBlanksAndNumberSigns() {
    Path file = Path.of(".jvault");

    assertThat(ProfileFileText.profile(file, "two words".getBytes(UTF_8))).isEqualTo("two words");
    assertThat(ProfileFileText.profile(file, "a#1".getBytes(UTF_8))).isEqualTo("a#1");
    assertThat(ProfileFileText.profile(file, "'a #1'".getBytes(UTF_8))).isEqualTo("a #1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | /.jvault names no profile",
        "'# dev' | /.jvault names no profile",
        "AWS_PROFILE= | /.jvault names no profile",
        "dev;prod | /.jvault:2 names a second profile",
        "AWS_REGION=eu-west-1 | /.jvault:1 sets something else than AWS_PROFILE",
        "d\u202eev | /.jvault:1 names a profile with an unprintable character"
      })
  void isRefusedIfItDoesNotNameOneProfile(String text, String sentence) throws IOException {
    Path file = Files.writeString(below.resolve(".jvault"), text.replace(';', '\n'));

    assertThatThrownBy(() -> ProfileFile.read(file, UID)).hasMessageContaining(sentence);
  }

  @Test
  void isRefusedIfItIsTooLong() throws IOException {
    Path file = Files.writeString(below.resolve(".jvault"), "#".repeat(4097));

    assertThatThrownBy(() -> ProfileFile.read(file, UID)).hasMessageContaining("is too long");
  }

  @Test
  @Attack("folder-files")
  void isRefusedIfItBelongsToAnotherUser() throws IOException {
    Path file = Files.writeString(below.resolve(".jvault"), "dev");

    assertThatThrownBy(() -> ProfileFile.read(file, UID + 1))
        .hasMessageContaining(file + " belongs to another user");
  }
}
