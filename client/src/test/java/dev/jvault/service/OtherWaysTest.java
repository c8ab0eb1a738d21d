package dev.jvault.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on machines without systemd: by the desktop, or by the login shell. */
final class OtherWaysTest {
  private static final Service.FirstRequest ANSWERED = () -> 0;
  private static final String ENTRY = ".config/autostart/jvault.desktop";

  private static final String HARD = "/home/a b/$HOME `id` %f \\\\ \"q\" 'r'";
  private static final String KEY_COMMAND = "pass show 'jvault'\t| head -n1\n";

  @TempDir Path folder;
  private FakeMachine machine;

  @BeforeEach
  void boot() {
    machine = new FakeMachine(folder).withoutSystemd();
  }

  @Test
  void writesAnEntryForTheDesktopAndLeavesNothingOfItBehind() {
    machine.environment.put("XDG_CURRENT_DESKTOP", "XFCE");

    String text = machine.service().install(false, ANSWERED).text();

    assertThat(text).contains("the desktop (XDG autostart) starts it.");
    assertThat(machine.read(ENTRY))
        .startsWith("[Desktop Entry]\nType=Application\n")
        .contains("\nExec=\"/opt/jv/bin/jvault\" server --background\n");
    assertThat(machine.service().install(false, ANSWERED).text()).contains("up to date");
    assertThat(machine.service().status().text()).contains("daemon       does not run;");
    assertThat(machine.service().status().exit()).isZero();

    machine.service().uninstall();
    assertThat(machine.files()).containsExactly(".config");
    assertThat(machine.log).isEmpty();
  }

  @Test
  void theDaemonOfTheDesktopGetsTheUsersVaultAndKey() throws Exception {
    machine.environment.put("XDG_CURRENT_DESKTOP", "XFCE");
    hardVariables();

    machine.service().install(false, ANSWERED);

    String exec =
        machine
            .read(ENTRY)
            .lines()
            .filter(line -> line.startsWith("Exec="))
            .map(line -> line.substring(5))
            .findFirst()
            .orElseThrow();
    assertThat(words(exec))
        .containsExactly(
            "env",
            "JVAULT_HOME=" + HARD,
            "JVAULT_KEY_COMMAND=" + KEY_COMMAND,
            "/opt/jv/bin/jvault",
            "server",
            "--background");
  }

  @Test
  void theDaemonOfTheLoginShellGetsTheUsersVaultAndKey() throws Exception {
    hardVariables();
    machine.service().install(false, ANSWERED);

    String line = machine.read(".profile").replace("/opt/jv/bin/jvault server", "sh -c 'PRINT'");
    String printing =
        line.replace("PRINT", "printf \"%s|%s\" \"$JVAULT_HOME\" \"$JVAULT_KEY_COMMAND\"")
            .replace(" >/dev/null 2>&1 &", "");

    assertThat(output("sh", "-c", printing)).isEqualTo(HARD + "|" + KEY_COMMAND);
  }

  @Test
  void quotesForFishWhoseQuotesKnowABackslash() {
    machine.environment.put("SHELL", "/usr/bin/fish");
    machine.environment.put("JVAULT_HOME", "/a\\b 'c'");

    machine.service().install(false, ANSWERED);

    assertThat(machine.read(".config/fish/config.fish"))
        .contains("env 'JVAULT_HOME=/a\\\\b '\\''c'\\''' /opt/jv/bin/jvault server");
  }

  private void hardVariables() {
    machine.environment.put("JVAULT_HOME", HARD);
    machine.environment.put("JVAULT_KEY_COMMAND", KEY_COMMAND);
    machine.environment.put("XDG_STATE_HOME", "relative");
  }

  /** Reads the key Exec by the rules of the Desktop Entry Specification. */
  private static List<String> words(String exec) {
    String unescaped =
        Pattern.compile("\\\\(.)")
            .matcher(exec)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "n" -> "\n";
                      case "t" -> "\t";
                      default -> found.group(1);
                    }));
    var words = new ArrayList<String>();
    Matcher word = Pattern.compile("\"((?:[^\"`$\\\\]|\\\\.)*)\"|([^ \"]+)").matcher(unescaped);
    while (word.find()) {
      words.add(
          word.group(2) != null
              ? word.group(2)
              : word.group(1).replaceAll("\\\\(.)", "$1").replace("%%", "%"));
    }
    return words;
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void keepsAnEditedEntry() {
    machine.environment.put("XDG_CURRENT_DESKTOP", "XFCE");
    machine.service().install(false, ANSWERED);
    machine.write("home/" + ENTRY, machine.read(ENTRY).replace("Terminal=false", "Terminal=true"));

    assertThat(machine.service().install(false, ANSWERED).text())
        .contains("\n-Terminal=false\n+Terminal=true\n");
    assertThat(machine.service().uninstall().text()).contains(ENTRY + " was not written");
    assertThat(machine.read(ENTRY)).contains("Terminal=true");
  }

  @Test
  void startsTheDaemonFromTheLoginShellWithoutADesktop() {
    machine.service().install(false, ANSWERED);

    assertThat(machine.read(".profile"))
        .isEqualTo(
            """
            # >>> jvault service install >>> (made this file)
            (/opt/jv/bin/jvault server --background </dev/null >/dev/null 2>&1 &)
            # <<< jvault service install <<<
            """);
    assertThat(machine.service().install(false, ANSWERED).text()).contains("up to date");
    machine.service().uninstall();
    assertThat(machine.files()).isEmpty();
  }

  @Test
  void leavesTheStartFileAsItWasToTheByte() throws IOException {
    for (String content : new String[] {"", "a", "a\n", "a\r\nb", "\u00e9\n\n", "x\n# >>> y\n"}) {
      machine.write("home/.profile", content);
      Files.setPosixFilePermissions(
          machine.file(".profile"), PosixFilePermissions.fromString("rw-r-----"));

      machine.service().install(false, ANSWERED);
      assertThat(machine.read(".profile")).startsWith(content).contains("server --background");
      machine.service().uninstall();

      assertThat(machine.read(".profile")).isEqualTo(content);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(machine.file(".profile"))))
          .isEqualTo("rw-r-----");
    }
  }

  @Test
  void keepsWhatTheUserAddedAroundTheBlock() {
    machine.write("home/.profile", "a");
    machine.service().install(false, ANSWERED);
    machine.write("home/.profile", "b\n" + machine.read(".profile") + "c\n");

    machine.service().uninstall();

    assertThat(machine.read(".profile")).isEqualTo("b\na\nc\n");
  }

  @Test
  void writesThroughALinkAndKeepsIt() throws IOException {
    machine.write("home/dots/profile", "a\n");
    Files.createSymbolicLink(machine.file(".profile"), Path.of("dots/profile"));

    machine.service().install(false, ANSWERED);

    assertThat(machine.file(".profile")).isSymbolicLink();
    assertThat(machine.read("dots/profile")).startsWith("a\n# >>> jvault");
    machine.service().uninstall();
    assertThat(machine.file(".profile")).isSymbolicLink();
    assertThat(machine.read("dots/profile")).isEqualTo("a\n");
  }

  @Test
  void findsTheStartFileOfEachShell() {
    machine.write("home/.bash_login", "");
    machine.service().install(false, ANSWERED);
    assertThat(machine.read(".bash_login")).contains("(/opt/jv/bin/jvault server");

    machine.environment.put("SHELL", "/usr/bin/zsh");
    machine.environment.put("ZDOTDIR", machine.file("z").toString());
    machine.service().install(false, ANSWERED);
    assertThat(machine.read("z/.zprofile")).contains("(/opt/jv/bin/jvault server");
    assertThat(machine.read(".bash_login")).isEmpty();

    machine.environment.put("SHELL", "/usr/bin/fish");
    machine.service().install(false, ANSWERED);
    assertThat(machine.read(".config/fish/config.fish")).contains("2>&1 &\ndisown\n");

    machine.environment.put("SHELL", "/bin/dash");
    machine.service().install(false, ANSWERED);
    assertThat(machine.read(".profile")).contains("(/opt/jv/bin/jvault server");
    assertThat(machine.read(".config/fish/config.fish")).isEmpty();
  }

  @Test
  void usesTheShellOnWslEvenIfItShowsWindowsAndNamesSystemd() {
    machine.environment.put("DISPLAY", ":0");
    machine.environment.put("XDG_CURRENT_DESKTOP", "x");
    machine.write("root/proc/sys/kernel/osrelease", "5.15.1-microsoft-standard-WSL2\n");

    String text = machine.service().install(false, ANSWERED).text();

    assertThat(text).contains("your login shell starts it.");
    assertThat(text).contains("With `systemd=true` below `[boot]` in /etc/wsl.conf");
    assertThat(machine.service().status().text()).contains("/etc/wsl.conf");
  }

  @Test
  void givesTheOtherWayUpOnceSystemdRuns() {
    machine.service().install(false, ANSWERED);
    machine.bootsSystemd();

    machine.service().install(false, ANSWERED);

    assertThat(machine.file(".profile")).doesNotExist();
    assertThat(machine.active).containsExactly("jvault.socket");
  }

  @Test
  void startsTheDaemonInTheOtherWaysByTheFirstRequest() {
    machine
        .service()
        .install(
            false,
            () -> {
              machine.start();
              return 0;
            });

    assertThat(machine.service().status().text()).contains("runs (pid 4711)");
  }
}
