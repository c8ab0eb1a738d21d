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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon's own environment does not affect its requests to STS; only the profile's target does.
 * The one exception is {@code AWS_PARTITIONS_FILE}, which is not on the list of variables that a
 * daemon gets.
 */
final class DaemonEnvironmentTest {
  private static final String NONSENSE = "nonsense";

  @TempDir private Path home;

  @Test
  void doesNotAffectRequestsToSts() throws IOException, InterruptedException {
    try (var trap = new ScriptedServer((_, _) -> answer(200, StsXml.role()))) {
      Files.createDirectory(home.resolve(".aws"));
      Files.writeString(home.resolve(".aws/config"), hostileProfile(trap));
      Files.writeString(home.resolve(".aws/credentials"), "[hostile\naws_access_key_id");

      List<Request> calm = requests(Map.of(), List.of());
      List<Request> hostile = requests(hostileVariables(trap, home), hostileProperties(trap));

      assertThat(hostile).hasSize(2).usingRecursiveComparison().isEqualTo(calm);
      assertThat(calm.getFirst().header("authorization")).contains("AKIAIOSFODNN7EXAMPLE");
      assertThat(calm.get(1).start()).isEqualTo("CONNECT sts.amazonaws.com:443 HTTP/1.1");
      assertThat(trap.requests()).isEmpty();
    }
  }

  /** The requests that a daemon in this environment sends to STS and to its proxy. */
  private List<Request> requests(Map<String, String> variables, List<String> properties)
      throws IOException, InterruptedException {
    try (var sts = new ScriptedServer((_, _) -> answer(200, StsXml.role()));
        var proxy = new ScriptedServer((_, _) -> answer(502, ""))) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(properties);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(DaemonInAnEnvironment.class.getName());
      command.addAll(List.of(sts.uri().toString(), proxy.uri().toString()));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(variables);
      Process daemon = builder.start();
      String said = new String(daemon.getInputStream().readAllBytes(), UTF_8);
      daemon.waitFor();
      assertThat(said).contains("Issued[").contains("answered HTTP 502 when asked for sts.amazon");
      return List.of(
          comparable(sts.requests().getFirst(), sts), comparable(proxy.requests().getFirst(), sts));
    }
  }

  /** Removes what differs between any two calls. */
  private static Request comparable(Request request, ScriptedServer sts) {
    var headers = new TreeMap<>(request.headers());
    headers.remove("x-amz-date");
    headers.remove("amz-sdk-invocation-id");
    // Only the name of the runtime in AWS_EXECUTION_ENV may differ.
    headers.computeIfPresent(
        "user-agent", (_, agent) -> agent.replace(" exec-env/" + NONSENSE, ""));
    headers.computeIfPresent("host", (_, host) -> host.replace(":" + sts.port(), ""));
    headers.computeIfPresent(
        "authorization", (_, value) -> value.replaceAll("Signature=.*|/[0-9]{8}/", ""));
    return new Request(request.start(), headers, request.form());
  }

  static String hostileProfile(ScriptedServer trap) {
    return """
    [default]
    region = us-west-2
    endpoint_url = %1$s
    [profile hostile]
    region = us-west-2
    endpoint_url = %1$s
    services = hostile
    retry_mode = nonsense
    max_attempts = 77
    defaults_mode = nonsense
    use_fips_endpoint = true
    use_dualstack_endpoint = true
    sdk_ua_app_id = hostile
    request_min_compression_size_bytes = nonsense
    auth_scheme_preference = httpBearerAuth
    [services hostile]
    sts =
      endpoint_url = %1$s
    """
        .formatted(trap.uri());
  }

  static Map<String, String> hostileVariables(ScriptedServer trap, Path home) {
    var variables = new TreeMap<String, String>();
    for (String name :
        List.of(
            "AWS_RETRY_MODE",
            "AWS_MAX_ATTEMPTS",
            "AWS_DEFAULTS_MODE",
            "AWS_STS_REGIONAL_ENDPOINTS",
            "AWS_DISABLE_REQUEST_COMPRESSION",
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
            "AWS_REQUEST_CHECKSUM_CALCULATION",
            "AWS_RESPONSE_CHECKSUM_VALIDATION",
            "AWS_ACCOUNT_ID_ENDPOINT_MODE",
            "AWS_ENDPOINT_DISCOVERY_ENABLED",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_SDK_UA_APP_ID",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "_X_AMZN_TRACE_ID",
            "AWS_CA_BUNDLE",
            "SSL_CERT_FILE")) {
      variables.put(name, NONSENSE);
    }
    for (String name :
        List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "HTTP_PROXY", "HTTPS_PROXY")) {
      variables.put(name, trap.uri().toString());
      variables.put(name.toLowerCase(Locale.ROOT), trap.uri().toString());
    }
    variables.put("HOME", home.toString());
    variables.put("AWS_PROFILE", "hostile");
    variables.put("AWS_REGION", "us-west-2");
    variables.put("AWS_USE_FIPS_ENDPOINT", "true");
    variables.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
    variables.put("AWS_NEW_RETRIES_2026", "true");
    variables.put("AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026", "true");
    variables.put("AWS_SIGV4A_SIGNING_REGION_SET", "us-west-2");
    variables.put("AWS_AUTH_SCHEME_PREFERENCE", "httpBearerAuth,sigv4a");
    return variables;
  }

  static List<String> hostileProperties(ScriptedServer trap) {
    return List.of(
        "-Daws.region=us-west-2",
        "-Daws.endpointUrl=" + trap.uri(),
        "-Daws.endpointUrlSts=" + trap.uri(),
        "-Daws.useFipsEndpoint=true",
        "-Daws.useDualstackEndpoint=true",
        "-Daws.maxAttempts=nonsense",
        "-Daws.retryMode=nonsense",
        "-Dhttp.proxyHost=127.0.0.1",
        "-Dhttp.proxyPort=" + trap.port(),
        "-Dhttps.proxyHost=127.0.0.1",
        "-Dhttps.proxyPort=" + trap.port(),
        "-Dhttp.nonProxyHosts=",
        "-Djava.net.useSystemProxies=true");
  }
}
