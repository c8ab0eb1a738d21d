package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.grant.Grant;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.RuntimeFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The lines that {@code server} prints for pasting. */
final class ServerUsageTest {
  private static final Instant NOW = Instant.EPOCH;

  @Test
  void theSectionForTheConfigFileIsCompleteAndQuoted() {
    assertThat(usage("my dev", "/Library/Application Support/jvault/tokens/x"))
        .endsWith(
            """
              [profile 'my dev-jvault']
              credential_process = "/opt/my jvault/bin/jvault" credential-process "my dev"
              region = eu-west-1
            """);
  }

  @Test
  void aPathWithBlanksIsQuotedInVariablesAndOptions() {
    assertThat(usage("dev", "/Library/Application Support/jvault/tokens/x"))
        .contains(
            "  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=\"/Library/Application Support/jvault/tokens/x\"\n",
            "  \"-Daws.containerAuthorizationTokenFile=/Library/Application Support/jvault/tokens/x\"\n");
  }

  @Test
  void aPathWithoutBlanksIsNot() {
    assertThat(usage("dev", "/state/tokens/x"))
        .contains(
            "  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=/state/tokens/x\n",
            "  -Daws.containerAuthorizationTokenFile=/state/tokens/x\n");
  }

  private static String usage(String profile, String tokenFile) {
    var ports = new EndpointPort.Ports(9170, 9170, OptionalInt.empty(), true, List.of());
    var info =
        new DaemonInfo(
            1,
            NOW,
            new EndpointPort(() -> ports, _ -> Optional.empty()),
            RuntimeFiles.of(Map.of("JVAULT_HOME", "/jv"), "Linux"),
            Installation.of("/opt/my jvault/bin/jvault"));
    var grant =
        new Grant(
            "dev-server",
            Grant.Kind.SERVER,
            profile,
            CallerEnvironment.of(Map.of()),
            List.of(),
            Optional.empty(),
            NOW,
            Optional.empty());
    return new ServerUsage(info, new LocalTimes(NOW, ZoneOffset.UTC))
        .container(grant, Path.of(tokenFile), NOW.plusSeconds(3600), Optional.of("eu-west-1"));
  }
}
