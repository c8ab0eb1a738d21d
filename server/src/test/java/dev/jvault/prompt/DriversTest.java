package dev.jvault.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.command.HelperFailedException;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which driver is chosen, and how each driver calls its program. */
final class DriversTest {
  private static final String SERIAL = "arn:aws:iam::123456789012:mfa/my_own\"; `id`";
  private static final String TEXT = "MFA code for " + SERIAL + ":";
  private static final Question CODE =
      new Question(Question.Kind.MFA, "MFA code for " + SERIAL + ": ", SERIAL);
  private static final Question PASSPHRASE =
      new Question(Question.Kind.PASSPHRASE, "Passphrase of the jvault vault: ");
  private static final Person AT_TERMINAL = _ -> Optional.of(Secret.of("typed"));

  @TempDir Path bin;
  private final Map<String, String> helper = new HashMap<>();
  private final Drivers drivers = new Drivers("Linux");

  @BeforeEach
  void path() {
    helper.put("PATH", bin + ":/usr/bin:/bin");
    helper.put("HOME", bin.toString());
  }

  @Test
  void zenityShowsTheExactTextAndHidesTheCode() throws HelperFailedException {
    var zenity = new FakeProgram(bin, "zenity", "echo 123456");
    helper.put("DISPLAY", ":7");
    assertThat(answer("zenity", CODE)).isEqualTo(Secret.of("123456"));
    assertThat(zenity.arguments())
        .containsExactly(
            "--entry", "--hide-text", "--title=jvault", "--text=" + TEXT.replace("_", "__"));
    assertThat(zenity.saw("DISPLAY", ":7")).isTrue();
    assertThat(zenity.variables())
        .contains("HOME", "PATH", "LANG")
        .doesNotContain("JAVA_HOME", "USER", "MAVEN_CMD_LINE_ARGS");
  }

  @Test
  @Attack("prompt-texts")
  void kdialogShowsTheTextAndHidesTheCode() throws HelperFailedException {
    var kdialog = new FakeProgram(bin, "kdialog", "echo ' 123456 '");
    assertThat(answer("kdialog", CODE)).isEqualTo(Secret.of("123456"));
    assertThat(kdialog.arguments()).containsExactly("--title", "jvault", "--password", TEXT);
  }

  @Test
  @Attack("prompt-texts")
  void osascriptGetsTheTextAsAnArgumentAndNeverAsSource() throws HelperFailedException {
    var osascript = new FakeProgram(bin, "osascript", "echo 123456");
    assertThat(answer("osascript", CODE)).isEqualTo(Secret.of("123456"));
    assertThat(osascript.arguments().getLast()).isEqualTo(TEXT);
    assertThat(osascript.arguments().subList(0, osascript.arguments().size() - 1))
        .containsSubsequence("-e", "on run argv", "-e", "return text returned of given")
        .noneMatch(word -> word.contains("mfa"))
        .anyMatch(word -> word.contains("(item 1 of argv)") && word.endsWith("hidden answer"));
  }

  @Test
  void pinentryIsAskedInAssuan() throws HelperFailedException {
    var pinentry =
        new FakeProgram(
            bin,
            "pinentry",
            """
            echo 'OK Pleased to meet you'
            while read -r line; do
              printf '%s\\n' "$line" >>"$notes/input"
              case $line in
                OPTION*) echo 'ERR 83886254 Unknown option <Pinentry>' ;;
                GETPIN) echo 'S PASSWORD_FROM_CACHE'; echo 'D 50%25%0A'; echo 'D  ok'; echo OK ;;
                BYE) echo 'OK closing connection'; exit ;;
                *) echo OK ;;
              esac
            done
            """);
    helper.put("GPG_TTY", "/dev/pts/7");
    var question = new Question(Question.Kind.PASSPHRASE, "100%\nsure? ");
    assertThat(answer("pinentry", question)).isEqualTo(Secret.of("50%\n ok"));
    assertThat(pinentry.lines("input"))
        .containsExactly(
            "OPTION ttyname=/dev/pts/7",
            "OPTION lc-ctype=UTF-8",
            "SETTIMEOUT 120",
            "SETTITLE jvault",
            "SETDESC 100%25%0Asure?",
            "SETPROMPT Passphrase:",
            "GETPIN",
            "BYE");
  }

  @Test
  void aCancelledPinentryGivesNothing() {
    var _ =
        new FakeProgram(
            bin,
            "other-pinentry",
            "cat >/dev/null; echo OK; echo 'ERR 83886179 Operation cancelled <Pinentry>'; echo OK");
    helper.put("AWS_VAULT_PINENTRY_PROGRAM", "other-pinentry");
    assertThatThrownBy(() -> answer("pinentry", CODE))
        .isInstanceOf(HelperFailedException.class)
        .hasMessage("was left without an answer");
  }

  @Test
  void ykmanIsAskedForTheAccountWithTheNameOfTheDevice() throws HelperFailedException {
    var ykman = new FakeProgram(bin, "ykman", "echo 654321");
    assertThat(answer("ykman", CODE)).isEqualTo(Secret.of("654321"));
    assertThat(ykman.arguments()).containsExactly("oath", "accounts", "code", "--single", SERIAL);

    helper.put("YKMAN_OATH_CREDENTIAL_NAME", "Amazon: me");
    helper.put("YKMAN_OATH_DEVICE_SERIAL", "1234567");
    assertThat(answer("ykman", CODE)).isEqualTo(Secret.of("654321"));
    assertThat(ykman.arguments())
        .containsExactly(
            "--device", "1234567", "oath", "accounts", "code", "--single", "Amazon: me");

    helper.put("AWS_VAULT_YKMAN_VERSION", "3");
    assertThat(answer("ykman", CODE)).isEqualTo(Secret.of("654321"));
    assertThat(ykman.arguments()).containsSubsequence("oath", "code", "--single");
    assertThat(ykman.arguments()).doesNotContain("accounts");
  }

  @Test
  void passIsAskedForTheEntryWithTheNameOfTheDevice() throws HelperFailedException {
    var pass = new FakeProgram(bin, "pass", "echo 654321");
    helper.put("PASSWORD_STORE_DIR", "/store");
    assertThat(answer("pass", CODE)).isEqualTo(Secret.of("654321"));
    assertThat(pass.arguments()).containsExactly("otp", SERIAL);
    assertThat(pass.saw("PASSWORD_STORE_DIR", "/store")).isTrue();

    helper.put("PASS_OATH_CREDENTIAL_NAME", "aws/me");
    assertThat(answer("pass", CODE)).isEqualTo(Secret.of("654321"));
    assertThat(pass.arguments()).containsExactly("otp", "aws/me");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          echo no display >&2; exit 1 | ended with status 1 (no display)
          exit 1                      | ended with status 1
          echo                        | was left empty
          true                        | was left empty
          """)
  void aDialogWithoutAnAnswerSaysWhy(String script, String clause) {
    var _ = new FakeProgram(bin, "zenity", script);
    assertThatThrownBy(() -> answer("zenity", CODE))
        .isInstanceOfSatisfying(
            HelperFailedException.class,
            e -> {
              assertThat(e.clause()).isEqualTo(clause);
              assertThat(e).hasMessageNotContaining("display");
            });
  }

  @Test
  void aMissingProgramIsNamed() {
    helper.put("PATH", bin + ":relative::");
    assertThatThrownBy(() -> answer("kdialog", CODE)).hasMessage("is not a program on your PATH");
  }

  @Test
  void aDialogIsClosedWithItsChildrenOnceTheCallerIsGone() throws Exception {
    var zenity = new FakeProgram(bin, "zenity", "sleep 600 & echo $! >\"$notes/child\"; wait");
    Person gone =
        new Person() {
          @Override
          public Optional<Secret> ask(Question question) {
            return Optional.empty();
          }

          @Override
          public boolean waits() {
            return zenity.lines("child").isEmpty();
          }
        };
    assertThatThrownBy(() -> driver("zenity").answer(CODE, gone, helper))
        .hasMessage("was ended because its answer is no longer needed");
    long child = Long.parseLong(zenity.lines("child").getFirst());
    assertThat(zenity.lines("starts")).hasSize(1);
    await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void anEndlessAnswerIsCut() throws HelperFailedException {
    var _ = new FakeProgram(bin, "zenity", "yes 1 | tr -d '\\n' | head -c 3000000");
    assertThat(answer("zenity", CODE).reveal()).hasSize(64 << 10);
  }

  @Test
  void aTerminalIsPreferredToAWindow() {
    var _ = new FakeProgram(bin, "zenity", "echo 123456");
    helper.put("DISPLAY", ":7");
    assertThat(chosen(Question.Kind.MFA, AT_TERMINAL)).contains("terminal");
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).contains("zenity");
  }

  @Test
  void nothingIsDetectedWithoutADisplayOrAProgram() {
    helper.put("PATH", bin.toString());
    helper.put("DISPLAY", ":7");
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).isEmpty();
    var _ = new FakeProgram(bin, "kdialog", "echo 123456");
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).contains("kdialog");
    helper.remove("DISPLAY");
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).isEmpty();
    helper.put("WAYLAND_DISPLAY", "wayland-0");
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).contains("kdialog");
  }

  @Test
  void aPinentryForTerminalsIsNotUsedAsAWindow() throws IOException {
    helper.put("PATH", bin.toString());
    helper.put("DISPLAY", ":7");
    var curses = new FakeProgram(bin, "pinentry-curses", "");
    Files.createSymbolicLink(bin.resolve("pinentry"), curses.path());
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).isEmpty();
    var gtk = new FakeProgram(bin, "pinentry-gtk-2", "");
    Files.delete(bin.resolve("pinentry"));
    Files.createSymbolicLink(bin.resolve("pinentry"), gtk.path());
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).contains("pinentry");
  }

  @Test
  void macOsHasItsOwnDialog() {
    var _ = new FakeProgram(bin, "osascript", "echo 123456");
    var mac = new Drivers("Mac OS X");
    assertThat(mac.choose(Question.Kind.MFA, Person.ABSENT, helper).map(Driver::name))
        .contains("osascript");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zenity", "kdialog", "pinentry", "osascript", "ykman", "pass"})
  void theVariableIsPreferredToTheTerminal(String name) {
    helper.put(Drivers.VARIABLE, name);
    assertThat(chosen(Question.Kind.MFA, AT_TERMINAL)).contains(name);
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).contains(name);
  }

  @Test
  void theTerminalAloneIsUsedIfTheVariableSaysSo() {
    var _ = new FakeProgram(bin, "zenity", "echo 123456");
    helper.put("DISPLAY", ":7");
    helper.put(Drivers.VARIABLE, "terminal");
    assertThat(chosen(Question.Kind.MFA, Person.ABSENT)).isEmpty();
    assertThat(chosen(Question.Kind.MFA, AT_TERMINAL)).contains("terminal");
  }

  @Test
  void aDeviceIsNotAskedForAPassphrase() {
    helper.put(Drivers.VARIABLE, "ykman");
    assertThat(chosen(PASSPHRASE.kind(), AT_TERMINAL)).contains("terminal");
    assertThat(chosen(PASSPHRASE.kind(), Person.ABSENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "zenty, 'The prompt driver `zenty` is unknown; set AWS_VAULT_PROMPT to one of'",
    "wincredui, 'The prompt driver `wincredui` is for Windows only; set AWS_VAULT_PROMPT to one of'"
  })
  void anUnknownDriverIsRefusedWithTheListOfAll(String name, String sentence) {
    assertThatThrownBy(() -> Drivers.named(name, "set AWS_VAULT_PROMPT to one of"))
        .isInstanceOfSatisfying(
            JvaultException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.sentence())
                  .isEqualTo(
                      sentence + " terminal, osascript, zenity, kdialog, pinentry, ykman, pass.");
            });
  }

  private Secret answer(String name, Question question) throws HelperFailedException {
    return driver(name).answer(question, Person.ABSENT, helper);
  }

  private static Driver driver(String name) {
    return Drivers.named(name, "").orElseThrow();
  }

  private Optional<String> chosen(Question.Kind kind, Person person) {
    return drivers.choose(kind, person, helper).map(Driver::name);
  }
}
