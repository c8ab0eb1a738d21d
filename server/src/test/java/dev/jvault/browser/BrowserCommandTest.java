package dev.jvault.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a page is opened in the caller's browser, and what happens if that is impossible. */
final class BrowserCommandTest {
  /** An address with characters that a shell would interpret. */
  private static final String ADDRESS =
      "https://oidc/authorize?a=$(touch${IFS}x)&b=`id`;c='\"&d=%20";

  @TempDir Path home;

  @Test
  @Attack("prompt-texts")
  void passesTheAddressUnchanged() throws Exception {
    Path browser =
        script("my browser", "printf '%s|' \"$@\" > \"$HOME/seen\"; env > \"$HOME/env\"");
    assertThat(command(Map.of("BROWSER", browser.toString(), "DISPLAY", ":7")).open(ADDRESS))
        .isTrue();

    assertThat(Files.readString(home.resolve("seen"))).isEqualTo(ADDRESS + "|");
    assertThat(home.resolve("x")).doesNotExist();
    assertThat(Files.readString(home.resolve("env")))
        .contains("DISPLAY=:7\n")
        .doesNotContain("JAVA_HOME", "MAVEN");
  }

  @Test
  void findsTheCommandOnTheCallersPath() throws Exception {
    script("xdg-open", "printf '%s' \"$1\" > \"$HOME/seen\"");
    assertThat(command(Map.of("PATH", home + ":/usr/bin:/bin")).open("https://page")).isTrue();
    assertThat(Files.readString(home.resolve("seen"))).isEqualTo("https://page");
  }

  @Test
  void triesTheCommandsInTurn() throws Exception {
    Path good = script("good", "printf '%s' \"$2\" > \"$HOME/seen\"");
    String browsers = "/nowhere/firefox:" + script("bad", "exit 3") + ":" + good + " --new %s";
    assertThat(command(Map.of("BROWSER", browsers)).open("https://page")).isTrue();
    assertThat(Files.readString(home.resolve("seen"))).isEqualTo("https://page");
  }

  @Test
  void saysThatNoneCouldBeStarted() throws Exception {
    assertThat(command(Map.of("BROWSER", "/nowhere/firefox")).open("https://page")).isFalse();
    assertThat(command(Map.of("PATH", home.toString())).open("https://page")).isFalse();
  }

  @Test
  void isStartedBySystemdIfTheDaemonIsAUnit() throws Exception {
    script(
        "systemd-run",
        "printf '%s\\n' \"$@\" > \"$HOME/words\"; printf %s $SEEN > \"$HOME/value\"");
    script("xdg-open", "touch \"$HOME/seen\"");
    Map<String, String> variables =
        Map.of("PATH", home + ":/usr/bin:/bin", "SEEN", "by-a-variable");

    assertThat(command(variables, true).open(ADDRESS)).isTrue();

    assertThat(Files.readString(home.resolve("value"))).isEqualTo("by-a-variable");
    assertThat(Files.readString(home.resolve("words")))
        .contains("--collect\n", "--wait\n", "--setenv=HOME\n--setenv=PATH\n--setenv=SEEN\n--\n")
        .endsWith("\nxdg-open\n" + ADDRESS.replace("$", "$$") + "\n")
        .doesNotContain("by-a-variable");
    assertThat(home.resolve("seen")).doesNotExist();
  }

  @Test
  void isStartedByTheDaemonIfSystemdCannot() throws Exception {
    script("systemd-run", "exit 1");
    script("xdg-open", "printf '%s' \"$1\" > \"$HOME/seen\"");

    assertThat(command(Map.of("PATH", home + ":/usr/bin:/bin"), true).open("https://page"))
        .isTrue();

    assertThat(Files.readString(home.resolve("seen"))).isEqualTo("https://page");
  }

  @Test
  void usesOpenOnMacs() {
    assertThat(new BrowserCommand(Map.of(), "Mac OS X", false).commands("https://page"))
        .isEqualTo(List.of(List.of("open", "https://page")));
  }

  @Test
  void isNotHereIfItIsOneOfWindows() {
    for (String browser : List.of("", "wslview", "/mnt/c/firefox/firefox.exe")) {
      Map<String, String> wsl =
          Map.of("WSL_DISTRO_NAME", "Debian", "DISPLAY", ":0", "BROWSER", browser);
      assertThat(command(wsl).isHere()).isFalse();
    }
  }

  private BrowserCommand command(Map<String, String> helper) {
    return command(helper, false);
  }

  private BrowserCommand command(Map<String, String> helper, boolean ofUnit) {
    var all = new HashMap<>(Map.of("HOME", home.toString(), "PATH", "/usr/bin:/bin"));
    all.putAll(helper);
    return new BrowserCommand(all, "Linux", ofUnit);
  }

  private Path script(String name, String body) throws IOException {
    Path file = home.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
