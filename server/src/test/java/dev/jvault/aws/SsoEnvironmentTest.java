package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.ScriptedServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon's own environment does not affect its requests to IAM Identity Center. */
final class SsoEnvironmentTest {
  @TempDir private Path home;

  @Test
  void doesNotAffectRequestsToIdentityCenter() throws IOException, InterruptedException {
    try (var trap = new ScriptedServer((_, _) -> answer(200, "{}"))) {
      Files.createDirectory(home.resolve(".aws"));
      Files.writeString(home.resolve(".aws/config"), DaemonEnvironmentTest.hostileProfile(trap));
      Map<String, String> variables = DaemonEnvironmentTest.hostileVariables(trap, home);
      variables.put("AWS_ENDPOINT_URL_SSO", trap.uri().toString());
      variables.put("AWS_ENDPOINT_URL_SSO_OIDC", trap.uri().toString());

      List<Request> calm = requests(Map.of(), List.of());
      List<Request> hostile = requests(variables, DaemonEnvironmentTest.hostileProperties(trap));

      assertThat(hostile).hasSize(2).usingRecursiveComparison().isEqualTo(calm);
      assertThat(calm.getFirst().start()).isEqualTo("POST /client/register HTTP/1.1");
      assertThat(calm.get(1).start())
          .startsWith("GET /federation/credentials?")
          .contains("role_name=Developer", "account_id=123456789012");
      assertThat(calm).noneMatch(request -> request.headers().containsKey("authorization"));
      assertThat(trap.requests()).isEmpty();
    }
  }

  private List<Request> requests(Map<String, String> variables, List<String> properties)
      throws IOException, InterruptedException {
    try (var center = new ScriptedServer((_, _) -> answer(200, "{}"))) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(properties);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(SsoInAnEnvironment.class.getName(), center.uri().toString()));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(variables);
      Process daemon = builder.start();
      String said = new String(daemon.getInputStream().readAllBytes(), UTF_8);
      daemon.waitFor();
      assertThat(said).contains("code=UNAVAILABLE", "without complete credentials");
      return center.requests().stream().map(SsoEnvironmentTest::comparable).toList();
    }
  }

  /** Removes what differs between any two calls. */
  private static Request comparable(Request request) {
    var headers = new TreeMap<>(request.headers());
    headers.remove("amz-sdk-invocation-id");
    headers.remove("host");
    headers.computeIfPresent("user-agent", (_, agent) -> agent.replace(" exec-env/nonsense", ""));
    return new Request(request.start(), headers, request.form());
  }
}
