package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of the prompt's segment, in bash. */
final class PromptSegmentTest {
  @TempDir Path folder;
  private InstalledTree tree;

  @BeforeEach
  void install() {
    tree = new InstalledTree(folder);
    tree.environment().put("LC_ALL", "C.UTF-8");
    tree.environment().put("JVAULT_PROFILE", "dev");
  }

  @ParameterizedTest
  @CsvSource({
    "2790, dev 47m",
    "11130, dev 3h0[56]m",
    "43170, dev 11h",
    "0, dev expired",
    "-9, dev expired",
    "9999999999, dev"
  })
  void showsHowLongTheSessionOfAReadyProfileLasts(long seconds, String text) {
    ready("until " + Math.min(Instant.now().getEpochSecond() + seconds, 9_999_999_999L));

    assertThat(segment()).matches(text + "\n");
  }

  @Test
  void showsHowLongFixedCredentialsLast() {
    tree.environment().put("AWS_ACCESS_KEY_ID", "ASIA");
    Instant end = Instant.now().plusSeconds(2990).truncatedTo(ChronoUnit.SECONDS);
    tree.environment().put("AWS_CREDENTIAL_EXPIRATION", end.toString());

    assertThat(segment()).isEqualTo("dev 50m\n");
    tree.environment().put("AWS_CREDENTIAL_EXPIRATION", "2024-02-29T23:59:59Z");
    assertThat(segment()).isEqualTo("dev expired\n");
    tree.environment().put("AWS_CREDENTIAL_EXPIRATION", "soon; x");
    assertThat(segment()).isEqualTo("dev\n");
  }

  @Test
  void computesTimesAsTheCalendarDoes() {
    for (String time :
        List.of("2026-11-28T16:00:00Z", "2024-02-29T00:00:01Z", "2100-03-01T12:34:56Z")) {
      String line = "until=; _jvault_until_of " + time + "; echo $until";

      assertThat(bash(line)).isEqualTo(Instant.parse(time).getEpochSecond() + "\n");
    }
  }

  @Test
  void showsTheProfileAloneIfNoTimeIsKnown() {
    assertThat(segment()).isEqualTo("dev\n");
    ready("until soon");
    assertThat(segment()).isEqualTo("dev\n");
    tree.environment().put("JVAULT_PROFILE", "two words");
    assertThat(segment()).isEqualTo("two words\n");
    tree.environment().remove("JVAULT_PROFILE");
    assertThat(segment()).isEmpty();
  }

  @Test
  void remembersTheEndOfASessionWhoseFileIsGone() {
    ready("until " + (Instant.now().getEpochSecond() + 2));
    Path file = tree.readyFolder().resolve("dev");

    assertThat(bash("_jvault_segment; rm '" + file + "'; _jvault_seen_until=5; jvault_prompt"))
        .isEqualTo("dev expired\n");
  }

  @Test
  @Attack("completion-text")
  void evaluatesNoNameAndShowsNoneThatATerminalObeys() {
    Path proof = folder.resolve("proof");
    String evil = "a$(touch " + proof + ")`touch " + proof + "`";
    tree.environment().put("JVAULT_PROFILE", evil);
    assertThat(segment()).isEqualTo(evil + "\n");
    assertThat(bash("_jvault_prompt_update; echo \"${PS1@P}\"")).contains("(" + evil + ")");
    tree.environment().put("JVAULT_PROFILE", "e\u001b[31m");
    assertThat(segment()).isEqualTo("jvault\n");
    assertThat(proof).doesNotExist();
  }

  @Test
  void startsNoProcess() throws IOException {
    ready("until 9999999999");
    Path trace = Files.createDirectory(folder.resolve("empty"));
    tree.environment().put("PATH", trace.toString());

    assertThat(segment()).isEqualTo("dev\n");
  }

  private void ready(String line) {
    InstalledTree.write(
        tree.readyFolder().resolve("dev"), "jvault-ready 1\nprogram x\n" + line + "\nend\n");
  }

  private String segment() {
    return bash("jvault_prompt");
  }

  private String bash(String line) {
    String source = Path.of("src/main/shell/prompt.bash").toAbsolutePath().toString();
    var result =
        tree.finish(
            List.of("/bin/bash", "--norc", "-c", "set -u; . '" + source + "'; " + line), "");
    assertThat(result.error()).isEmpty();
    return result.out();
  }
}
