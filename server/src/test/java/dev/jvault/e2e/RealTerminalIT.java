package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real terminal: prompts, Ctrl-C at each of them, and a shell with credentials. */
final class RealTerminalIT {
  private static final String J = "'" + Jvault.program() + "' ";

  private StandInSts sts;
  private Jvault jvault;
  private Tmux terminal;

  @BeforeEach
  void open() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault =
        new Jvault(
            """
            [profile root]
            region = eu-west-1
            mfa_serial = arn:aws:iam::123456789012:mfa/me

            [profile plain]
            source_profile = keyed
            role_arn = arn:aws:iam::222222222222:role/Plain

            [profile keyed]
            region = eu-west-1

            [profile child]
            source_profile = root
            role_arn = arn:aws:iam::222222222222:role/Developer
            """);
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString());
    terminal = new Tmux(jvault);
  }

  @AfterEach
  void close() {
    terminal.close();
    jvault.close();
    sts.close();
  }

  @Test
  void addAsksWithoutEchoAndOneCodeServesEveryRole() {
    terminal.type(J + "add root").sees("Access key ID:");
    terminal.type(Jvault.KEY_ID).sees("Secret access key:");
    terminal.type(Jvault.SECRET).sees("Stored the key");
    assertThat(terminal.screen()).doesNotContain(Jvault.SECRET.substring(0, 8));

    terminal.type(J + "exec child -- sh -c 'echo profile=$JVAULT_PROFILE'").sees("MFA code for");
    terminal.type("000123").sees("profile=child");
    terminal.type(J + "exec root -- sh -c 'echo again=$JVAULT_PROFILE'").sees("again=root");
    assertThat(terminal.screen().split("MFA code for", -1)).hasSize(2);
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void aRefusedCodeIsAskedForAgain() {
    jvault.withKeyFor("root");
    terminal.type(J + "exec child -- echo went well").sees("MFA code for");
    terminal.type("12").sees("a code has six digits");
    terminal.type("123456").sees("went well\n");
  }

  @Test
  void ctrlCAtEachPromptOfAddStoresNothingAndRestoresTheTerminal() {
    terminal.type(J + "add root; echo status=$?").sees("Access key ID:");
    terminal.press("C-c").sees("status=130").type("echo visible=1").sees("visible=1\n");
    terminal.clear().type(J + "add root; echo status=$?").sees("Access key ID:");
    terminal.type(Jvault.KEY_ID).sees("Secret access key:");
    terminal.press("C-c").sees("status=130").type("echo visible=2").sees("echo visible=2\n");
    assertThat(jvault.folder().resolve("vault/keys.age")).doesNotExist();
    assertThat(jvault.run("list", "--credentials").ok()).isEmpty();
  }

  @Test
  void ctrlCAtOtherPromptsChangesNothing() throws IOException {
    jvault.withKeyFor("root");
    terminal.type(J + "exec child -- echo began; echo status=$?").sees("MFA code for");
    terminal.press("C-c").sees("status=130");
    assertThat(terminal.screen()).doesNotContain("began\n");
    terminal.clear().type(J + "remove root; echo status=$?").sees("[y/N]");
    terminal.press("C-c").sees("status=130");
    terminal.clear().type(J + "remove root; echo status=$?").sees("[y/N]");
    terminal.type("n").sees("status=5");
    terminal.clear().type(J + "add unlisted; echo status=$?").sees("Access key ID:");
    terminal.type(Jvault.KEY_ID).sees("Secret access key:");
    String config = Files.readString(jvault.config());
    terminal.type(Jvault.SECRET).sees("Add [profile unlisted]");
    terminal.press("C-c").sees("status=130");
    assertThat(Files.readString(jvault.config())).isEqualTo(config);
    assertThat(jvault.run("list", "--credentials").ok()).contains("root\n");
  }

  @Test
  void aPassphraseIsAskedForAndAWrongOneAskedForAgain() {
    jvault.withKeyFor("keyed");
    jvault.run("stop").ok();
    terminal.type("unset JVAULT_PASSPHRASE").clear();
    terminal.type(J + "exec plain -- echo went well").sees("Passphrase");
    terminal.type("wrong one").sees("That passphrase is wrong");
    terminal.type(Jvault.PASSPHRASE).sees("went well\n");
    assertThat(terminal.screen()).doesNotContain("wrong one", Jvault.PASSPHRASE);
  }

  @Test
  void aShellHasJobControlAndTheDaemonSurvivesItsTerminal() throws IOException {
    jvault.withKeyFor("keyed");
    long daemon = jvault.daemon().orElseThrow().pid();
    jvault.run("stop").ok();
    Path shell = jvault.home().resolve("shell");
    Files.writeString(shell, "#!/bin/sh\nPS1='inner> ' exec bash --norc -i\n");
    Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwx------"));
    terminal.type("export SHELL=" + shell).clear().type(J + "exec plain").sees("inner>");
    terminal.type("sleep 100").press("C-z").sees("Stopped");
    terminal.type("jobs; kill %1; fg; echo profile=$JVAULT_PROFILE").sees("profile=plain");
    terminal.type("sleep 100; echo after").press("C-c");
    assertThat(jvault.daemon()).as("Ctrl-C is not for the daemon").isPresent();
    long started = jvault.daemon().orElseThrow().pid();
    assertThat(started).isNotEqualTo(daemon);
    terminal.close();
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    assertThat(jvault.daemon().orElseThrow().pid()).isEqualTo(started);
    assertThat(jvault.run("exec", "plain", "--", "echo", "still").ok()).isEqualTo("still\n");
    terminal = new Tmux(jvault);
  }

  @Test
  void listFitsTheTerminalAndRecoveryKeyWarnsFirst() {
    jvault.withKeyFor("keyed");
    terminal.type("stty cols 40; " + J + "list").sees("keyed");
    assertThat(terminal.screen().lines())
        .allMatch(line -> line.startsWith("ready>") || line.length() <= 40);
    terminal.clear().type(J + "recovery-key; echo status=$?").sees("[y/N]");
    assertThat(terminal.screen()).doesNotContain("AGE-SECRET-KEY");
    terminal.type("y").sees("AGE-SECRET-KEY-1").sees("status=0");
  }
}
