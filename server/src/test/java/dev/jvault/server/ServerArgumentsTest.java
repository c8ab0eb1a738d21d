package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerArgumentsTest {
  @Test
  void readsTheOptionsThatTheLauncherPasses() {
    var properties = new Properties();
    properties.setProperty("jvault.launcher", "/opt/j vault/bin/jvault");
    properties.setProperty("os.name", "Linux");
    ServerConfig config =
        ServerArguments.parse(
            new String[] {"--daemon", "--foreground", "--port", "4711", "--port-fallback"},
            Map.of("HOME", "/home/me"),
            properties);
    assertThat(config.port()).hasValue(4711);
    assertThat(config.portFallback()).isTrue();
    assertThat(config.installation()).isEqualTo(Installation.of("/opt/j vault/bin/jvault"));
    assertThat(config.files().run()).isEqualTo(Path.of("/home/me/.local/share/jvault/run"));
  }

  @Test
  void usesTheRememberedPortIfNoneIsGiven() {
    ServerConfig config =
        ServerArguments.parse(new String[] {"--daemon"}, Map.of("HOME", "/h"), new Properties());
    assertThat(config.port()).isEmpty();
    assertThat(config.portFallback()).isFalse();
  }

  @Test
  void readsThePredecessor() {
    ServerConfig config =
        ServerArguments.parse(
            new String[] {"--daemon", "--share-port", "9170", "--predecessor", "4711"},
            Map.of("HOME", "/h"),
            new Properties());
    assertThat(config.predecessor()).contains(new ServerConfig.Predecessor(9170, 4711));
    assertThat(config.port()).as("this port is not remembered").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65536", "http", "", "99999999999"})
  void refusesAnInvalidPort(String port) {
    refused("--port=" + port);
  }

  @Test
  void refusesAnUnknownOption() {
    refused("--listen-everywhere");
  }

  private static void refused(String argument) {
    assertThatThrownBy(() ->
            ServerArguments.parse(
                new String[] {"--daemon", argument}, Map.of("HOME", "/h"), new Properties()))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
