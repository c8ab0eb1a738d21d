package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Completion and the prompt's segment in the real shells, with the completer of the AWS CLI. */
final class ShellCompletionIT {
  @TempDir Path folder;
  private StandInSts sts;
  private Jvault jvault;
  private Path share = Path.of("");

  /** How each shell is started and set up. */
  enum Shell {
    BASH(
        ". '%1$s/bash-completion/completions/jvault'; . '%1$s/jvault-shell/prompt.bash';"
            + " complete -C aws_completer aws",
        "eval $(jvault env dev)"),
    ZSH(
        "autoload -U compinit bashcompinit; compinit -u -D; bashcompinit;"
            + " . '%1$s/jvault-shell/completion.zsh'; . '%1$s/jvault-shell/prompt.zsh';"
            + " complete -C aws_completer aws",
        "eval $(jvault env dev)"),
    FISH(
        "function fish_prompt; echo -n 'ready> '; end;"
            + " source '%1$s/fish/vendor_completions.d/jvault.fish';"
            + " source '%1$s/jvault-shell/prompt.fish';"
            + " complete -c aws -f -a '(begin; set -lx COMP_SHELL fish; set -lx COMP_LINE"
            + " (commandline); aws_completer | string trim; end)'",
        "jvault env dev | source");

    private final String setUp;
    private final String enter;

    Shell(String setUp, String enter) {
      this.setUp = setUp;
      this.enter = enter;
    }

    private List<String> command() {
      return switch (this) {
        case BASH -> List.of("env", "PS1=ready> ", "bash", "--norc", "-i");
        case ZSH -> List.of("env", "PS1=ready> ", "zsh", "-f", "-i");
        case FISH -> List.of("fish", "--no-config", "-i");
      };
    }
  }

  @BeforeEach
  void open() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault =
        new Jvault(
            """
            [profile work]
            region = eu-west-1
            [profile dev]
            role_arn = arn:aws:iam::222222222222:role/Developer
            source_profile = work
            [profile dev-eu]
            role_arn = arn:aws:iam::222222222222:role/Reader
            source_profile = work
            [profile two words]
            source_profile = work
            role_arn = arn:aws:iam::222222222222:role/Words
            [profile evil$(touch %1$s)`touch %1$s`b]
            source_profile = work
            role_arn = arn:aws:iam::333333333333:role/Evil
            """
                .formatted(folder.resolve("proof")));
    Path bin = Path.of(Jvault.program()).resolveSibling("");
    share = bin.resolve("../share").normalize();
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString());
    jvault.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    jvault.withKeyFor("work");
    jvault.run("exec", "dev", "--", "true").ok();
    jvault.run("list").ok();
    Path prepared = jvault.folder().resolve("run/completion/grants");
    await().until(() -> Files.exists(prepared) && Files.readString(prepared).contains("dev"));
  }

  @AfterEach
  void close() {
    jvault.close();
    sts.close();
  }

  @ParameterizedTest
  @EnumSource
  @Attack("completion-text")
  void completesInTheRealShell(Shell shell) {
    try (var terminal = new Tmux(jvault, shell.name(), shell.command())) {
      terminal.type(shell.setUp.formatted(share) + "; echo set up").sees("\nset up");
      clear(terminal);

      terminal.write("jvault unl").press("Tab").sees("jvault unlock");
      clear(terminal);
      terminal.write("jvault exec dev").press("Tab").press("Tab");
      terminal.sees("role Developer in 222222222222 via work").sees("role Reader in 222222222222");
      clear(terminal);
      terminal.write("jvault exec tw").press("Tab").sees("jvault exec two\\ words");
      clear(terminal);
      terminal.write("jvault exec \"tw").press("Tab").sees("jvault exec \"two words\"");
      clear(terminal);
      terminal.write("jvault exec --prompt ze").press("Tab").sees("--prompt zenity");
      clear(terminal);
      terminal.write("jvault revoke de").press("Tab").sees("jvault revoke dev-terminal");
      clear(terminal);
      terminal.write("jvault exec dev -- aws s3 pres").press("Tab").sees("aws s3 presign");
      clear(terminal);
      terminal.write("jvault explain ev").press("Tab").sees("touch");
      terminal.press("Enter").sees("role/Evil");
      clear(terminal);
      terminal.write("jvault explain \"ev").press("Tab").sees("touch");
      terminal.press("Enter").sees("role/Evil");
      assertThat(folder.resolve("proof")).doesNotExist();

      clear(terminal);
      terminal.type(shell.enter).sees("(dev) ready>");
      terminal.type("false").sees("(dev) ready>");
    }
  }

  /** Leaves the line and clears the screen, by the keys that all three shells know. */
  private static void clear(Tmux terminal) {
    terminal.press("C-e").press("C-u").type("echo; clear; echo clear''ed").sees("cleared\n");
    terminal.type("clear");
    await().atMost(Duration.ofMinutes(1)).until(() -> !terminal.screen().contains("cleared"));
  }
}
