package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Routes;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code setup}: what it asks, answers and leaves alone. */
final class SetupVerbTest {
  @TempDir private Path home;
  private VerbRunner jvault;

  @BeforeEach
  void start() {
    jvault = VerbRunner.empty(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void aNamedTargetIsSetUpWithoutAQuestionAndTakenBackExactly() throws IOException {
    byte[] before = Files.readAllBytes(jvault.configFile());
    ControlResponse done = jvault.caller().call("setup", "word=profile\ndev");
    assertThat(done.ended(ExitCode.OK)).isTrue();
    assertThat(done.body())
        .startsWith("Changed " + jvault.configFile() + ".\n")
        .contains("or set AWS_PROFILE=dev-jvault.");
    assertThat(Files.readString(jvault.configFile()))
        .endsWith(
            """

            # >>> jvault setup profile dev >>>
            [profile dev-jvault]
            credential_process = "/opt/my jvault/bin/jvault" credential-process dev
            region = eu-west-1
            # <<< jvault setup profile dev <<<
            """);
    jvault.caller().call("setup", "word=profile\ndev", "undo=true");
    assertThat(jvault.configFile()).hasBinaryContent(before);
  }

  @Test
  void theNewProfileCountsAtOnce() {
    jvault.caller().call("setup", "word=profile\ndev");
    assertThat(jvault.caller().call("list").body()).contains("dev-jvault");
  }

  @Test
  void withoutNamesItAsksAndANoChangesNothing() throws IOException {
    String before = Files.readString(jvault.configFile());
    ControlResponse told =
        jvault.caller().atTerminal().variable("SHELL", "/bin/sh").call("setup", "undo=true");
    assertThat(told.body()).startsWith("There is nothing to take back");
    jvault.caller().call("setup", "word=profile\ndev");
    ControlResponse offer = jvault.caller().atTerminal().call("setup", "undo=true");
    assertThat(offer.header(Routes.QUESTION)).isEqualTo("notice");
    assertThat(offer.body())
        .contains("Set up by jvault: profile dev.\nChange " + jvault.configFile() + ".");
    ControlResponse question = jvault.caller().reply(offer, "");
    assertThat(question.body()).isEqualTo("Change these files? [y/N] ");
    ControlResponse refused = jvault.caller().reply(question, "n");
    assertThat(refused.ended(ExitCode.PERSON)).isTrue();
    assertThat(refused.message()).isEqualTo("Nothing was changed.");
    assertThat(Files.readString(jvault.configFile())).isNotEqualTo(before);
    jvault.caller().call("setup", "undo=true", "yes=true");
    assertThat(Files.readString(jvault.configFile())).isEqualTo(before);
  }

  @Test
  void withoutNamesAndWithoutATerminalItSaysWhatItWouldDo() {
    jvault.caller().call("setup", "word=profile\ndev");
    ControlResponse answer = jvault.caller().call("setup", "undo=true");
    assertThat(answer.ended(ExitCode.PERSON)).isTrue();
    assertThat(answer.body()).contains("Change " + jvault.configFile() + ".");
    assertThat(answer.message()).endsWith("name the targets, or give --yes.");
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    String before = Files.readString(jvault.configFile());
    String diff = jvault.caller().call("setup", "word=profile\ndev", "dry-run=true").body();
    assertThat(diff)
        .startsWith("--- " + jvault.configFile() + "\n+++ " + jvault.configFile() + "\n@@ -")
        .contains("\n+[profile dev-jvault]\n");
    assertThat(Files.readString(jvault.configFile())).isEqualTo(before);
  }

  @Test
  void anEditOfTheUserIsKeptWithExitStatus3() throws IOException {
    jvault.caller().call("setup", "word=profile\ndev");
    jvault.config(
        Files.readString(jvault.configFile())
            .replace("region = eu-west-1\n# <", "region = x-1\n# <"));
    ControlResponse kept = jvault.caller().call("setup", "word=profile\ndev", "undo=true");
    assertThat(kept.ended(ExitCode.PROFILE)).isTrue();
    assertThat(kept.message()).contains("-region = eu-west-1\n+region = x-1");
  }

  @Test
  void aProfileThatDoesNotExistIsOneSentence() {
    ControlResponse answer = jvault.caller().call("setup", "word=profile\ndve");
    assertThat(answer.ended(ExitCode.PROFILE)).isTrue();
    assertThat(answer.message()).contains("dve").contains("dev");
  }

  @Test
  void aProfileThatLeadsToTheDefaultCannotBeTheDefault() {
    jvault.config(
        """
        [profile dev]
        source_profile = default
        role_arn = arn:aws:iam::123456789012:role/x
        [default]
        region = eu-west-1
        """);
    jvault.addKey("default", VerbRunner.KEY_ID);
    ControlResponse answer = jvault.caller().call("setup", "word=default\ndev");
    assertThat(answer.ended(ExitCode.PROFILE)).isTrue();
    assertThat(answer.message())
        .startsWith("dev gets its own credentials from [default], which cannot get them from dev;");
  }

  @Test
  void aVaultInAnUnusualPlaceIsNoted() {
    assertThat(jvault.caller().call("setup", "word=profile\ndev").body())
        .contains("Note: this vault is in " + jvault.files().vault() + ", not in its usual place");
  }

  @Test
  void theListHasARowForEachTarget() {
    jvault.caller().call("setup", "word=profile\ndev");
    assertThat(jvault.caller().call("setup", "list=true").body().lines())
        .hasSize(11)
        .anyMatch(line ->
            line.startsWith("profile NAME ")
                && line.endsWith("profile dev in " + jvault.configFile()));
  }
}
