package dev.jvault.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.SsoSession;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a login opens a browser on this machine, or takes a code. */
final class LoginOptionsTest {
  @Test
  void isUsedIfThereIsADisplay() {
    assertThat(usual(Map.of("DISPLAY", ":0"), "Linux"))
        .isEqualTo(opened(AuthorizationFlow.BROWSER));
    assertThat(usual(Map.of("WAYLAND_DISPLAY", "w"), "Linux"))
        .isEqualTo(opened(AuthorizationFlow.BROWSER));
    assertThat(usual(Map.of("BROWSER", "w3m"), "Linux"))
        .isEqualTo(opened(AuthorizationFlow.BROWSER));
    assertThat(usual(Map.of(), "Mac OS X")).isEqualTo(opened(AuthorizationFlow.BROWSER));
  }

  @Test
  void isReplacedByACodeIfThereIsNoDisplay() {
    LoginOptions nowhere = usual(Map.of(), "Linux");
    assertThat(nowhere.flow()).isEqualTo(AuthorizationFlow.DEVICE_CODE);
    assertThat(nowhere.openBrowser()).isFalse();
    assertThat(nowhere.reason()).hasValueSatisfying(why -> assertThat(why).contains("no display"));

    LoginOptions away = usual(Map.of("SSH_TTY", "/dev/pts/1", "DISPLAY", ":10"), "Mac OS X");
    assertThat(away.flow()).isEqualTo(AuthorizationFlow.DEVICE_CODE);
    assertThat(away.openBrowser()).isFalse();
    assertThat(away.reason()).hasValueSatisfying(why -> assertThat(why).contains("SSH"));
  }

  @Test
  void isReplacedByACodeIfItIsOneOfWindows() {
    for (String browser : List.of("", "wslview", "/mnt/c/firefox/firefox.exe")) {
      Map<String, String> wsl =
          Map.of("WSL_DISTRO_NAME", "Debian", "DISPLAY", ":0", "BROWSER", browser);
      assertThat(usual(wsl, "Linux").flow()).isEqualTo(AuthorizationFlow.DEVICE_CODE);
    }
    Map<String, String> linux = Map.of("WSL_DISTRO_NAME", "Debian", "BROWSER", "firefox");
    assertThat(usual(linux, "Linux")).isEqualTo(opened(AuthorizationFlow.BROWSER));
  }

  @Test
  void opensForTheDeviceCodeOfTheOlderForm() {
    var session = session(true);
    assertThat(LoginOptions.usual(session, Map.of("DISPLAY", ":0"), "Linux"))
        .isEqualTo(opened(AuthorizationFlow.DEVICE_CODE));
  }

  @Test
  void isNotOpenedIfTheUserDoesNotWantIt() {
    LoginOptions usual = usual(Map.of("DISPLAY", ":0"), "Linux");
    assertThat(usual.withoutBrowser())
        .isEqualTo(new LoginOptions(AuthorizationFlow.BROWSER, false, Optional.empty()));
    assertThat(usual.byDeviceCode()).isEqualTo(opened(AuthorizationFlow.DEVICE_CODE));
  }

  private static LoginOptions opened(AuthorizationFlow flow) {
    return new LoginOptions(flow, true, Optional.empty());
  }

  private static LoginOptions usual(Map<String, String> helper, String osName) {
    return LoginOptions.usual(session(false), helper, osName);
  }

  private static SsoSession session(boolean legacy) {
    var target =
        new ServiceTarget(
            "eu-west-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
    return new SsoSession(
        "corp", URI.create("https://corp"), "eu-west-1", List.of(), legacy, target, target);
  }
}
