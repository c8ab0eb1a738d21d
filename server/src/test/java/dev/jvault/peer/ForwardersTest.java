package dev.jvault.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/bin/slirp4netns",
        "/usr/bin/pasta.avx2",
        "/usr/libexec/podman/gvproxy",
        "/usr/bin/qemu-system-x86_64",
        "/usr/bin/docker-proxy",
        "/usr/bin/ssh",
        "/usr/lib/openssh/sshd-session",
        "/opt/my tools/ngrok",
        "/usr/bin/socat (deleted)",
      })
  @Attack("forwarders")
  void areRecognizedByTheNameOfTheirFile(String executable) {
    assertThat(Forwarders.include(new PeerProcess(1, executable))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"socat", "com.docker.back", "systemd-socket-", "qemu-system-x86"})
  @Attack("forwarders")
  void areRecognizedByTheKernelsShortName(String executable) {
    assertThat(Forwarders.include(new PeerProcess(1, executable))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/bin/aws",
        "/usr/bin/python3.13",
        "/usr/bin/sshfs",
        "/usr/bin/ssh/terraform",
        "/home/me/ssh (deleted)/java",
        "/usr/bin/com.docker.back",
        "rootlesskit-do",
        "",
        "/",
      })
  void doNotIncludeProgramsThatAskForThemselves(String executable) {
    assertThat(Forwarders.include(new PeerProcess(1, executable))).isFalse();
  }

  @Test
  void doNotIncludeAProgramWithoutAName() {
    assertThat(new PeerProcess(1, "/usr/bin/aws (deleted)").program()).isEqualTo("aws");
    assertThat(new PeerProcess(1, " (deleted)").program()).isEmpty();
  }
}
