package dev.jvault.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.client.VerbTable;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets of setup. */
final class TargetsTest {
  @TempDir private Path folder;
  private SetupHome home;

  @BeforeEach
  void home() {
    home = new SetupHome(folder);
  }

  @Test
  void withoutNamesWhatIsFoundIsSetUpAndWhatIsOnRequestIsNot() {
    home.program("direnv").program("code").served("dev").variables.put("SHELL", "/bin/zsh");
    Prepared prepared = home.prepare();
    assertThat(prepared.targets()).containsExactly("profile", "shell", "vscode", "direnv");
    assertThat(prepared.files())
        .containsExactlyInAnyOrder(
            "Create " + home.home.resolve(".aws/config") + ".",
            "Create " + home.home.resolve(".zshrc") + ".",
            "Create " + home.home.resolve(".config/direnv/lib/jvault.sh") + ".");
  }

  @Test
  void withoutNamesATargetThatCannotBeSetUpIsLeftWithItsReason() {
    home.program("direnv").program("code");
    Prepared prepared = home.prepare();
    assertThat(prepared.targets()).containsExactly("direnv");
    assertThat(prepared.left()).hasSize(1);
    assertThat(prepared.left().getFirst()).startsWith("Left vscode: No profile is served");
  }

  @Test
  void theListSaysWhatIsFoundAndWhatIsSetUp() {
    home.program("direnv").setUp("direnv");
    assertThat(home.list())
        .extracting(Setup.Listed::id)
        .containsExactly(
            "profile NAME",
            "default NAME",
            "shell",
            "vscode",
            "jetbrains",
            "eclipse",
            "direnv",
            "environment.d NAME",
            "launchctl NAME");
    Setup.Listed direnv = home.list().get(6);
    assertThat(direnv.detected()).contains(home.variables.get("PATH") + "/direnv");
    assertThat(direnv.setUp())
        .containsExactly("direnv in " + home.home.resolve(".config/direnv/lib/jvault.sh"));
  }

  @Test
  void theClientCompletesTheTargetsThatThereAre() {
    Map<String, String> completed =
        VerbTable.all().stream()
            .filter(verb -> verb.name().equals("setup"))
            .findFirst()
            .orElseThrow()
            .words("TARGET");
    assertThat(List.copyOf(completed.entrySet()))
        .isEqualTo(
            Targets.ALL.stream()
                .map(SetupTarget::description)
                .map(target -> Map.entry(target.id(), target.title()))
                .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vscode | Visual Studio Code is not installed here",
        "jetbrains | A JetBrains IDE is not installed here",
        "eclipse | Eclipse is not installed here",
        "direnv | direnv is not installed here",
        "launchctl | launchctl belongs to macOS",
        "shell | The shell (SHELL is not set) is none of bash, zsh and fish"
      })
  void aTargetThatIsNotInstalledIsOneSentence(String target, String sentence) {
    home.served("dev");
    assertThatThrownBy(() -> home.setUp("profile", "dev", target))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAULT))
        .hasMessageContaining(sentence);
    assertThat(home.config()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vscod | There is no target `vscod`; did you mean `vscode`?",
        "dev | There is no target `dev`; `jvault setup --list` shows them; a profile is `profile NAME`.",
        "default | Say which profile: jvault setup default NAME.",
        "default default | [default] cannot get its credentials from itself",
        "profile | No profile is served: name one",
        "environment.d | No profile is served: say which"
      })
  void wrongWordsAreExplained(String words, String sentence) {
    assertThatThrownBy(() -> home.prepare(words.split(" ")))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anIdeThatRunsIsNamedWithItsProcess() {
    home.programs.add(new RunningPrograms.Program(4711, "code", ""));
    home.programs.add(new RunningPrograms.Program(4712, "java", "-Didea.paths.selector=IU2026"));
    Prepared prepared = home.prepare("profile", "dev", "vscode", "jetbrains");
    assertThat(prepared.notes())
        .contains(
            "Visual Studio Code is running (code, process 4711): quit it wholly and start it again, so that it reads the new profile.",
            "A JetBrains IDE is running (java, process 4712): quit it wholly and start it again, so that it reads the new profile.");
  }

  @Test
  void theSystemListsAProgramOfThisUserByTheNameOfItsFile() throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("eclipse"));
    Process eclipse = new ProcessBuilder(program.toString(), "600").start();
    try {
      assertThat(RunningPrograms.ofThisUser().all())
          .contains(new RunningPrograms.Program(eclipse.pid(), "eclipse", "600"));
      Files.delete(program);
      assertThat(RunningPrograms.ofThisUser().all())
          .anyMatch(one -> one.pid() == eclipse.pid() && one.name().equals("eclipse"));
    } finally {
      eclipse.destroyForcibly().waitFor();
    }
  }

  @Test
  void anIdeUsesTheProfileOfTheSameCommandOrThoseThatAreServed() {
    home.served("ops").program("eclipse");
    assertThat(home.prepare("eclipse").diff()).contains("+[profile ops-jvault]");
    assertThat(home.prepare("eclipse", "profile", "dev").diff())
        .contains("+[profile dev-jvault]")
        .doesNotContain("ops");
    assertThat(home.prepareUndo("eclipse").left().getFirst())
        .contains("`jvault setup --undo profile NAME` takes the profile back");
  }

  @Test
  void pathsAndNamesWithBlanksAreQuoted() {
    assertThat(CredentialProcessLine.quoted("/opt/jvault/bin/jvault"))
        .isEqualTo("/opt/jvault/bin/jvault");
    assertThat(CredentialProcessLine.quoted("/My Apps/jvault")).isEqualTo("\"/My Apps/jvault\"");
    assertThat(CredentialProcessLine.quoted("a$b")).isEqualTo("'a$b'");
    assertThat(CredentialProcessLine.quoted("it's \"x\"")).isEqualTo("'it'\"'\"'s \"x\"'");
    home.setUp("profile", "my dev");
    assertThat(home.text(home.config()))
        .contains("[profile 'my dev-jvault']\n")
        .contains("bin/jvault credential-process \"my dev\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void theStartFileLoadsPromptAndCompletionInTheRealShell(String shell) throws Exception {
    home.variables.put("SHELL", "/usr/bin/" + shell);
    Path file =
        home.home.resolve(
            Map.of("bash", ".bashrc", "zsh", ".zshrc", "fish", ".config/fish/config.fish")
                .get(shell));
    home.write(file, "# mine, without a newline at the end");
    home.setUp("shell");
    assertThat(ran(shell)).contains("loaded jvault-shell/prompt." + shell).contains("jvault");
    assertThat(ran(shell).lines().filter(line -> line.startsWith("loaded"))).hasSize(2);
    Files.delete(home.prefix.resolve("share/jvault-shell/prompt." + shell));
    assertThat(ran(shell).lines().filter(line -> line.startsWith("loaded"))).hasSize(1);
    home.setUp("shell");
    assertThat(home.text(file)).doesNotContain("prompt.").contains("completion");
    home.undo("shell");
    assertThat(home.text(file)).isEqualTo("# mine, without a newline at the end");
  }

  @Test
  void aPackageThatTheShellFindsByItselfNeedsThePromptOnly() {
    home.installed = Path.of("/usr/bin/jvault");
    home.variables.put("SHELL", "/bin/zsh");
    assertThatThrownBy(() -> home.setUp("shell"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("zsh completes jvault by itself already");
  }

  @Test
  void zshIsSetUpWhereItLooks() {
    home.variables.put("SHELL", "/bin/zsh");
    home.variables.put("ZDOTDIR", home.home.resolve("z").toString());
    home.setUp("shell");
    assertThat(home.home.resolve("z/.zshrc")).exists();
  }

  @Test
  void fishIsSetUpBelowTheFolderOfSettings() {
    home.variables.put("SHELL", "/usr/bin/fish");
    home.variables.put("XDG_CONFIG_HOME", home.home.resolve("cfg").toString());
    home.setUp("shell");
    assertThat(home.home.resolve("cfg/fish/config.fish")).exists();
  }

  @Test
  void starshipGetsAModuleUnlessItHasOne() {
    home.variables.put("SHELL", "/bin/bash");
    Path file = home.home.resolve(".config/starship.toml");
    home.write(file, "add_newline = false\n");
    home.setUp("shell");
    assertThat(home.text(file))
        .contains("\n[custom.jvault]\n")
        .contains(
            "command = \". '"
                + home.prefix
                + "/share/jvault-shell/prompt.bash'; jvault_prompt\"\n");
    home.undo();
    home.write(file, "[custom.jvault]\ncommand = \"mine\"\n");
    home.setUp("shell");
    assertThat(home.text(file)).isEqualTo("[custom.jvault]\ncommand = \"mine\"\n");
  }

  @Test
  void environmentVariablesAreReadBySystemdAsTheyAreMeant() throws Exception {
    home.served("dev");
    home.setUp("environment.d", "dev");
    Path file = home.home.resolve(".config/environment.d/60-jvault.conf");
    assertThat(home.text(file))
        .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:9170/credentials/dev\n");
    assertThat(home.text(file)).contains("AWS_REGION=eu-west-1\n");
    Path generator =
        Path.of("/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator");
    if (Files.isExecutable(generator)) {
      assertThat(ran(List.of(generator.toString())))
          .contains("state dir/tokens/server-dev")
          .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:9170/credentials/dev\n");
    }
    Prepared undo = home.undo("environment.d");
    assertThat(undo.notes().getFirst()).startsWith("Log out and in again");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileOfTheSameNameThatIsNotOfJvaultIsKept() {
    home.served("dev");
    Path file = home.home.resolve(".config/environment.d/60-jvault.conf");
    home.write(file, "MINE=1\n");
    assertThatThrownBy(() -> home.setUp("environment.d", "dev"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining(file + " exists and is not of jvault");
    assertThat(home.text(file)).isEqualTo("MINE=1\n");
  }

  @Test
  void aProfileThatIsNotServedHasNoLastingAddress() {
    assertThatThrownBy(() -> home.setUp("environment.d", "dev"))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("run `jvault server --profile dev --background` first");
  }

  @Test
  void launchdGetsAnAgentThatSetsTheVariables() throws Exception {
    home.onMac().served("dev");
    home.setUp("launchctl", "dev");
    Path file = home.home.resolve("Library/LaunchAgents/dev.jvault.environment.plist");
    String read =
        ran(
            List.of(
                "python3",
                "-c",
                "import plistlib,sys; p=plistlib.load(open(sys.argv[1],'rb')); print(p['Label'], p['RunAtLoad']); print(p['ProgramArguments'][2])",
                file.toString()));
    assertThat(read)
        .startsWith(
            "dev.jvault.environment True\nlaunchctl setenv AWS_CONTAINER_CREDENTIALS_FULL_URI")
        .contains("launchctl setenv AWS_REGION 'eu-west-1'")
        .contains("state dir/tokens/server-dev'");
    home.undo();
    assertThat(file).doesNotExist();
  }

  @Test
  void direnvGetsAFunctionThatABashRuns() throws Exception {
    home.program("direnv").setUp("direnv");
    Path file = home.home.resolve(".config/direnv/lib/jvault.sh");
    home.write(
        home.prefix.resolve("bin/jvault"),
        "#!/bin/sh\nprintf 'export JVAULT_PROFILE=%s ASKED=\"%s\"\\n' \"$4\" \"$*\"\n");
    assertThat(home.prefix.resolve("bin/jvault").toFile().setExecutable(true)).isTrue();
    String out =
        ran(
            List.of(
                "bash",
                "-c",
                "watch_file() { echo watched $1; }; log_error() { echo error $1; }; . "
                    + file
                    + "; use_jvault 'my dev'; echo $JVAULT_PROFILE; use_jvault || echo failed"));
    assertThat(out)
        .contains("watched " + home.home + "/.aws/config")
        .contains("error use jvault NAME: name one profile\nfailed");
  }

  /** Starts the shell as a terminal does, so that it reads the file by itself. */
  private String ran(String shell) throws Exception {
    return ran(List.of(shell, shell.equals("fish") ? "-c" : "-ic", "true"));
  }

  private String ran(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("HOME", home.home.toString());
    builder.environment().put("PATH", System.getenv("PATH"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = process.inputReader().readAllAsString();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return out;
  }
}
