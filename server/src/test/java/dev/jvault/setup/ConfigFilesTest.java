package dev.jvault.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Setting up profiles in config files as people have them. */
final class ConfigFilesTest {
  @TempDir private Path folder;
  private SetupHome home;

  @BeforeEach
  void home() {
    home = new SetupHome(folder);
  }

  static List<ConfigCorpus.Sample> all() {
    return ConfigCorpus.all();
  }

  static List<ConfigCorpus.Sample> withoutKeys() {
    return ConfigCorpus.all().stream().filter(sample -> !sample.ownKeys()).toList();
  }

  static List<ConfigCorpus.Sample> withKeys() {
    return ConfigCorpus.all().stream().filter(ConfigCorpus.Sample::ownKeys).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aProfileIsAddedBehindEveryByteOfTheFile(ConfigCorpus.Sample sample) throws IOException {
    home.write(home.config(), sample.content());
    home.setUp("profile", "dev");
    String before = Bytes.text(sample.content());
    String after = Bytes.text(Files.readAllBytes(home.config()));
    assertThat(after).startsWith(before);
    String added = after.substring(before.length());
    assertThat(added.replace("\r\n", "\n").strip().lines().toList())
        .containsExactly(
            "# >>> jvault setup profile dev >>>",
            "[profile dev-jvault]",
            "credential_process = " + home.prefix + "/bin/jvault credential-process dev",
            "region = eu-west-1",
            "# <<< jvault setup profile dev <<<");
    boolean crlf = before.contains("\r\n");
    assertThat(added.replace("\r\n", "").contains("\n")).isEqualTo(!crlf);
  }

  @ParameterizedTest
  @MethodSource("all")
  void undoGivesTheVeryFileBackAndLeavesNothing(ConfigCorpus.Sample sample) {
    home.write(home.config(), sample.content());
    Map<String, String> before = home.everything();
    home.setUp("profile", "dev");
    home.setUp("profile", "ops", "profile", "my dev");
    assertThat(home.everything()).isNotEqualTo(before);
    home.undo("profile", "dev");
    home.undo();
    assertThat(home.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSecondRunChangesNothingAndSaysSo(ConfigCorpus.Sample sample) {
    home.write(home.config(), sample.content());
    home.setUp("profile", "dev");
    Map<String, String> before = home.everything();
    Prepared again = home.setUp("profile", "dev");
    assertThat(again.isEmpty()).isTrue();
    assertThat(again.unchanged())
        .containsExactly("profile dev is set up already; nothing was changed for it.");
    assertThat(home.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("withoutKeys")
  void theDefaultKeepsEveryLineAndUndoGivesTheVeryFileBack(ConfigCorpus.Sample sample)
      throws IOException {
    home.write(home.config(), sample.content());
    Map<String, String> before = home.everything();
    home.setUp("default", "dev");
    String after = Bytes.text(Files.readAllBytes(home.config()));
    MarkedBlock block = MarkedBlock.find(after, "default").orElseThrow();
    String rest = after.substring(0, block.start()) + after.substring(block.end());
    assertThat(rest.strip()).isEqualTo(Bytes.text(sample.content()).strip());
    home.setUp("profile", "dev");
    home.undo("default");
    home.undo("profile");
    assertThat(home.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("withKeys")
  void aDefaultWithCredentialsIsRefusedAndShown(ConfigCorpus.Sample sample) {
    home.write(home.config(), sample.content());
    Map<String, String> before = home.everything();
    assertThatThrownBy(() -> home.setUp("default", "dev", "profile", "dev"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("[default] has credentials of its own (" + home.config() + ":")
        .hasMessageNotContaining("canaryOfSetup");
    assertThat(home.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theDryRunIsADiffThatPatchAcceptsAndShowsNoSecret(ConfigCorpus.Sample sample)
      throws IOException, InterruptedException {
    home.write(home.config(), sample.content());
    Map<String, String> before = home.everything();
    String diff = home.prepare("profile", "dev").diff();
    assertThat(home.everything()).isEqualTo(before);
    assertThat(diff).doesNotContain("canaryOfSetup");
    if (sample.name().equals("bytes that are no UTF-8")) {
      return;
    }
    Path copy = Files.write(folder.resolve("copy"), sample.content());
    home.write(folder.resolve("diff"), diff);
    var patch =
        new ProcessBuilder("patch", "--binary", copy.toString(), folder.resolve("diff").toString())
            .redirectErrorStream(true)
            .start();
    assertThat(patch.inputReader().readAllAsString()).doesNotContain("FAILED");
    assertThat(patch.waitFor()).isZero();
    home.setUp("profile", "dev");
    assertThat(copy).hasSameBinaryContentAs(home.config());
  }
}
