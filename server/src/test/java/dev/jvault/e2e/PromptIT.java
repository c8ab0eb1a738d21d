package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prompts: with real terminals, stand-ins for dialogs and MFA devices, and SDKs that wait. */
final class PromptIT {
  private static final String J = "'" + Jvault.program() + "' ";
  private static final String SERIAL = "arn:aws:iam::123456789012:mfa/me";
  private static final String ASKED = "MFA code for " + SERIAL;
  private static final String WAITS = "which `jvault exec child";

  private StandInSts sts;
  private Jvault jvault;
  private Path bin;
  private final List<Tmux> terminals = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault =
        new Jvault(
            """
            [profile root]
            region = eu-west-1
            mfa_serial = %s

            """
                    .formatted(SERIAL)
                + IntStream.range(0, 10)
                    .mapToObj(role ->
                        """
                        [profile child%1$d]
                        source_profile = root
                        role_arn = arn:aws:iam::222222222222:role/Role%1$d

                        """
                            .formatted(role))
                    .collect(Collectors.joining()));
    bin = Files.createDirectory(jvault.home().resolve("bin"));
    jvault
        .set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString())
        .set("PATH", bin + ":" + System.getenv("PATH"))
        .withKeyFor("root");
  }

  @AfterEach
  void close() {
    terminals.forEach(Tmux::close);
    jvault.close();
    sts.close();
  }

  @Test
  @Attack("codes-once")
  void threeWrongCodesEndThePromptAndAppearNowhere() throws IOException {
    Tmux terminal = terminal();
    terminal.type(J + "exec child0 -- echo began; echo status=$?").sees(ASKED);
    terminal.type("000077").sees("AWS refused that code. " + ASKED);
    terminal.type("000078");
    await().until(() -> terminal.screen().split("AWS refused", -1).length == 3);
    terminal.type("000079").sees("status=6");
    assertThat(terminal.screen()).doesNotContain("00007", "began\n");
    assertThat(Files.readString(jvault.log())).doesNotContain("00007");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '~',
      textBlock =
          """
          printf '123456\\nfirst\\nsecond\\n' | %s exec --mfa-token - child0 -- cat
          printf '123456\\nfirst\\nsecond\\n' >lines; %s exec -t - child0 -- cat <lines
          printf '123456\\nfirst\\nsecond\\n' | %s exec --mfa-token=- child0 -- sh -c 'read l; echo $l; cat'
          printf 'first\\nsecond\\n' | %s exec --mfa-token 123456 child0 -- cat -
          """)
  @Attack("no-secret-in-processes")
  void aCodeFromStandardInputLeavesTheRestToTheCommand(String line) {
    Process shell =
        jvault.startCommand(Map.of(), List.of("sh", "-c", line.formatted(Jvault.program())));
    assertThat(jvault.finish(shell, line).ok()).isEqualTo("first\nsecond\n");
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void aCodeFromATerminalIsAskedForAndNotShown() {
    Tmux terminal = terminal();
    terminal.type(J + "exec -t - child0 -- echo 'done one'").sees(ASKED);
    terminal.type("654321").sees("done one\n");
    assertThat(terminal.screen()).doesNotContain("654321");
  }

  @Test
  void aCodeThatIsMissingInStandardInputIsSaid() {
    jvault
        .run("exec", "-t", "-", "child0", "--", "true")
        .refused(2, "standard input, which has none");
  }

  @Test
  void twoTerminalsAtOnceGetOnePrompt() {
    Tmux one = terminal();
    Tmux two = terminal();
    one.type(J + "exec child0 -- echo 'done one'").sees(ASKED);
    two.type(J + "exec child1 -- echo 'done two'").sees(WAITS);
    one.type("123456").sees("done one\n");
    two.sees("done two\n");
    assertThat(two.screen()).doesNotContain(ASKED);
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void ctrlCMovesThePromptToTheNextTerminal() {
    Tmux one = terminal();
    Tmux two = terminal();
    one.type(J + "exec child0 -- echo began; echo status=$?").sees(ASKED);
    two.type(J + "exec child1 -- echo 'done two'").sees(WAITS);
    one.press("C-c").sees("status=130");
    two.sees(ASKED).type("123456").sees("done two\n");
    assertThat(one.screen()).doesNotContain("began\n");
  }

  @Test
  void closingATerminalMovesThePromptToTheNextOne() {
    Tmux one = terminal();
    Tmux two = terminal();
    one.type(J + "exec child0 -- echo began").sees(ASKED);
    two.type(J + "exec child1 -- echo 'done two'").sees(WAITS);
    one.close();
    two.sees(ASKED).type("123456").sees("done two\n");
  }

  @Test
  void aClientThatEndsLosesItsPlaceInTheQueue() {
    Tmux one = terminal();
    Tmux two = terminal();
    Tmux three = terminal();
    one.type(J + "exec child0 -- echo began").sees(ASKED);
    two.type(J + "exec child1 -- echo began").sees(WAITS);
    three.type(J + "exec child2 -- echo 'done three'").sees(WAITS);
    two.close();
    one.press("C-c");
    three.sees(ASKED).type("123456").sees("done three\n");
  }

  @Test
  void aGivenCodeAndUnlockEndTheQuestionOfAnotherTerminal() {
    Tmux one = terminal();
    Tmux two = terminal();
    one.type(J + "exec child0 -- echo 'done one'").sees(ASKED);
    assertThat(jvault.run("status").ok()).contains("`jvault exec child0` (process ", " on pts/");
    two.type(J + "unlock child1").sees(ASKED);
    one.sees("(no longer needed)").sees("which `jvault unlock child1`");
    two.press("C-c");
    await().until(() -> one.screen().split(ASKED, -1).length == 3);
    jvault.run("exec", "--mfa-token", "123456", "child2", "--", "true").ok();
    one.sees("done one\n");
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  @Attack("codes-once")
  void whatIsTypedWhileAnotherTerminalIsAskedIsNotShown() {
    Tmux one = terminal();
    Tmux two = terminal();
    one.type(J + "exec child0 -- echo 'done one'").sees(ASKED);
    two.type(J + "exec child1 -- echo 'done two'").sees(WAITS);
    two.type("998877");
    one.type("123456").sees("done one\n");
    two.sees("done two\n").type("echo visible=1").sees("visible=1\n");
    assertThat(two.screen()).doesNotContain("998877");
  }

  @Test
  void stopEndsAnOpenQuestion() {
    Tmux terminal = terminal();
    terminal.type(J + "exec child0 -- echo began; echo status=$?").sees(ASKED);
    jvault.run("stop").ok();
    terminal.sees("jvault is stopping").sees("status=8").type("echo visible=1");
    terminal.sees("visible=1\n");
  }

  @Test
  void controlBackslashEndsAPrompt() {
    Tmux terminal = terminal();
    terminal.type(J + "exec child0 -- echo began; echo status=$?").sees(ASKED);
    terminal.press("C-\\").sees("status=131").type("echo visible=1").sees("visible=1\n");
  }

  @Test
  @Attack("codes-once")
  void aUsedCodeIsRefusedWithoutACallToAws() {
    Tmux terminal = terminal();
    terminal.type(J + "exec --no-session child0 -- echo 'straight'").sees(ASKED);
    terminal.type("123456").sees("straight\n");
    terminal.clear().type(J + "exec child0 -- echo 'by session'").sees("\n" + ASKED);
    terminal.type("123456").sees("That code has already been used; wait for the next one.");
    terminal.type("654321").sees("by session\n");
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void withoutATerminalOrAWindowTheUserGetsOneSentence() {
    jvault
        .run("exec", "child0", "--", "true")
        .refused(5, "An MFA code of " + SERIAL + " is needed", "jvault unlock child0");
    jvault
        .run(Map.of("AWS_VAULT_PROMPT", "zenty"), "exec", "child0", "--", "true")
        .refused(2, "`zenty`", "terminal, osascript, zenity, kdialog, pinentry, ykman, pass.");
    jvault.run("exec", "--prompt", "wincredui", "child0", "--", "true").refused(2, "Windows only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zenity    | DISPLAY         | echo 123456
          kdialog   | WAYLAND_DISPLAY | echo 123456
          pinentry  | DISPLAY         | cat >/dev/null; echo OK; echo D 123456; echo OK
          """)
  void withoutATerminalTheAvailableDialogIsUsed(String name, String display, String script) {
    var program = new FakeProgram(bin, name, script);
    // Dialog programs of this machine must not be found.
    jvault.set("PATH", bin + ":" + withoutDialogs());
    String out =
        jvault.run(Map.of(display, "nowhere"), "exec", "child0", "--", "echo", "served").ok();
    assertThat(out).isEqualTo("served\n");
    assertThat(program.starts()).isEqualTo(1);
    assertThat(program.saw(display, "nowhere")).isTrue();
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          osascript | item 1 of argv
          ykman     | --single
          pass      | otp
          zenity    | --hide-text
          """)
  void theConfiguredDriverIsUsedEvenOnATerminal(String name, String word) {
    var program = new FakeProgram(bin, name, "echo 123456");
    Tmux terminal = terminal();
    terminal.type(J + "exec --prompt " + name + " child0 -- echo 'well served'");
    terminal.sees("well served\n");
    assertThat(terminal.screen()).doesNotContain(ASKED);
    assertThat(program.arguments()).anyMatch(argument -> argument.contains(word));
    assertThat(program.variables()).doesNotContain("AWS_ENDPOINT_URL_STS", "JVAULT_PASSPHRASE");
  }

  @Test
  void ctrlCClosesTheWindowOfItsCommand() {
    var zenity = new FakeProgram(bin, "zenity", "sleep 600 & wait");
    Tmux terminal = terminal();
    terminal.type(J + "exec --prompt zenity child0 -- echo began; echo status=$?");
    await().until(() -> zenity.starts() == 1);
    terminal.press("C-c").sees("status=130");
    await().until(() -> zenity.process().isEmpty());
  }

  @Test
  @Attack("prompts")
  void twentyCommandsWithoutATerminalOpenOneWindow() {
    var zenity = new FakeProgram(bin, "zenity", "sleep 5; echo 123456");
    List<Process> commands = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      commands.add(
          jvault.start(Map.of("DISPLAY", "nowhere"), "exec", "child" + i % 10, "--", "echo", "x"));
    }
    for (Process command : commands) {
      assertThat(jvault.finish(command, "exec").out()).isEqualTo("x\n");
    }
    assertThat(zenity.starts()).isEqualTo(1);
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
    assertThat(sts.calls("AssumeRole")).isEqualTo(10);
  }

  @Test
  void sdksAreTold503AndServedAfterTheWindowsCode() throws Exception {
    jvault.set("DISPLAY", "nowhere");
    Path go = jvault.home().resolve("go");
    new FakeProgram(bin, "zenity", "echo 909090");
    List<HttpRequest> requests = new ArrayList<>();
    for (int role = 0; role < 10; role++) {
      String[] lines = jvault.run("exec", "child" + role, "--", "env").ok().split("\n", -1);
      requests.add(request(lines));
    }
    jvault.run("clear").ok();
    int before = sts.calls("AssumeRole");
    var zenity =
        new FakeProgram(
            bin, "zenity", "while [ ! -e '%s' ]; do sleep 0.1; done; echo 808080".formatted(go));
    // The same prompt does not appear again within a minute, unless the user requests it.
    Tmux terminal = terminal();
    terminal.type("unset DISPLAY; " + J + "unlock").sees("The vault is open.");

    int asked = zenity.starts();
    try (var http = HttpClient.newHttpClient()) {
      List<CompletableFuture<HttpResponse<String>>> first =
          IntStream.range(0, 100).mapToObj(i -> send(http, requests.get(i % 10))).toList();
      for (var answer : first) {
        assertThat(answer.join().statusCode()).isEqualTo(503);
        assertThat(answer.join().body()).contains("run `jvault unlock child");
      }
      await().until(() -> zenity.starts() == asked + 1);
      Files.createFile(go);
      await().until(() -> send(http, requests.getFirst()).join().statusCode() == 200);
      for (HttpRequest request : requests) {
        assertThat(send(http, request).join().statusCode()).isEqualTo(200);
      }
    }
    assertThat(zenity.starts()).isEqualTo(asked + 1);
    assertThat(sts.calls("GetSessionToken")).isEqualTo(2);
    assertThat(sts.calls("AssumeRole")).isEqualTo(before + 10);
    assertThat(Files.readString(jvault.log())).doesNotContain("909090", "808080");
  }

  @Test
  void aCodesSessionSurvivesARestartOfTheDaemon() {
    jvault.run("exec", "--mfa-token", "123456", "child0", "--", "true").ok();
    jvault.run("stop").ok();
    jvault.run("exec", "child1", "--", "true").ok();
    jvault.run("restart").ok();
    jvault.run("exec", "child2", "--", "true").ok();
    assertThat(sts.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void aLockedVaultIsUnlockedAtATerminalOnly() {
    jvault.run("lock", "--all").ok();
    jvault.unset("JVAULT_PASSPHRASE");
    jvault.run("exec", "child0", "--", "true").refused(5, "jvault unlock");
    assertThat(jvault.run("status").ok()).contains("locked by `jvault lock`");
    Tmux terminal = terminal();
    terminal.type(J + "unlock child0; echo status=$?").sees("Passphrase");
    terminal.type(Jvault.PASSPHRASE).sees(ASKED);
    terminal.type("123456").sees("child0 is ready").sees("status=0");
    jvault.run("exec", "child1", "--", "true").ok();
  }

  private Tmux terminal() {
    var terminal = new Tmux(jvault, "tmux" + terminals.size());
    terminals.add(terminal);
    return terminal;
  }

  /** The commands that a launcher needs, without the dialog programs of this machine. */
  private String withoutDialogs() {
    Path tools = jvault.home().resolve("tools");
    try {
      Files.createDirectories(tools);
      for (String tool :
          List.of(
              "sh",
              "env",
              "cat",
              "sleep",
              "echo",
              "date",
              "readlink",
              "uname",
              "stty",
              "id",
              "mkdir",
              "dirname")) {
        Path real = Path.of("/usr/bin", tool);
        if (Files.exists(real)) {
          Files.createSymbolicLink(tools.resolve(tool), real);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tools.toString();
  }

  private static CompletableFuture<HttpResponse<String>> send(
      HttpClient http, HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(String[] lines) throws IOException {
    Path token = Path.of(value(lines, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"));
    return HttpRequest.newBuilder(URI.create(value(lines, "AWS_CONTAINER_CREDENTIALS_FULL_URI")))
        .header("Authorization", Files.readString(token))
        .build();
  }

  private static String value(String[] lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name + "=")) {
        return line.substring(name.length() + 1);
      }
    }
    throw new AssertionError(name + " is not set");
  }
}
