package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real SDKs find credentials by themselves, and find newer ones in the same process: under {@code
 * jvault exec}, and with nothing but the variables that {@code jvault server} prints.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SdkClientsIT {
  private static final Duration SESSION = Duration.ofSeconds(12);
  private static final String ARN = "arn:aws:sts::222222222222:assumed-role/Developer/by-hand";
  private static final Pattern VARIABLE = Pattern.compile("(?m)^ {2}(AWS_[A-Z_]+)=(.+)$");

  private StandInSts sts;
  private Jvault jvault;

  @BeforeAll
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), SESSION, InstantSource.system());
    jvault =
        new Jvault(
            """
            [profile root]
            region = eu-west-1

            [profile child]
            source_profile = root
            role_arn = arn:aws:iam::222222222222:role/Developer
            role_session_name = by-hand
            """);
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString());
    // As a run configuration would have it; botocore knows the second one only.
    jvault.set("AWS_REGION", "eu-west-1").set("AWS_DEFAULT_REGION", "eu-west-1");
    jvault.withKeyFor("root");
  }

  @AfterAll
  void stop() {
    jvault.close();
    sts.close();
  }

  @ParameterizedTest
  @EnumSource
  void readsAFirstAndARefreshedSessionUnderExec(SdkClient client) {
    List<String> words = new ArrayList<>(List.of("exec", "child", "--"));
    words.addAll(client.command());
    check(jvault.run(words.toArray(String[]::new)));
  }

  @ParameterizedTest
  @EnumSource
  void readsAFirstAndARefreshedSessionWithTheVariablesOfServer(SdkClient client) {
    String said = jvault.run("server", "--profile", "child", "--background").ok();
    Map<String, String> printed = new TreeMap<>();
    VARIABLE.matcher(said).results().forEach(found -> printed.put(found.group(1), found.group(2)));
    assertThat(printed)
        .containsOnlyKeys(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            "AWS_REGION",
            "AWS_DEFAULT_REGION");
    Process process = jvault.startCommand(printed, client.command());
    check(jvault.finish(process, client.name()));
  }

  /** Two lines: a key id and whom AWS takes it for; the second time another key id. */
  private static void check(Ran ran) {
    List<String> lines = ran.ok().lines().toList();
    assertThat(lines).as(ran.toString()).hasSize(2).allMatch(line -> line.endsWith(" " + ARN));
    assertThat(lines.getFirst()).startsWith("A").isNotEqualTo(lines.getLast());
  }
}
