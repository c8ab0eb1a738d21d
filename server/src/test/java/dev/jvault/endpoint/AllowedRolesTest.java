package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that a command may ask for besides its profile, and grants that end in the meantime. */
final class AllowedRolesTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/x";
  private static final String DEEP = "arn:aws:iam::210987654321:role/team/sub-team/y@z,w=1";

  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void anAllowedRoleIsAnsweredAsTheProfileIs() throws IOException {
    SdkClient client = allowed("dev", ROLE + "\n" + DEEP);
    SdkResponse own = client.get();
    SdkResponse role = role(client, ROLE);
    assertThat(role.credentials()).isTrue();
    assertThat(role.names()).containsAll(own.names());
    assertThat(role.member("RoleArn")).isEqualTo(ROLE);
    assertThat(role.member("AccessKeyId")).isNotEqualTo(own.member("AccessKeyId"));
    assertThat(role.expiration()).isBefore(jvault.clock().instant().plus(Duration.ofMinutes(61)));
    assertThat(role(client, DEEP).member("AccountId")).isEqualTo("210987654321");
    assertThat(role(client, ROLE + "?a=b").credentials()).isTrue();
  }

  @Test
  void theSessionOfARoleIsSharedByAllGrantsThatAllowIt() throws IOException {
    SdkClient one = allowed("deploy", ROLE);
    SdkClient two = allowed("deploy", DEEP + "\n" + ROLE);
    int before = jvault.sts().calls("AssumeRole");
    String key = role(one, ROLE).member("AccessKeyId");
    assertThat(role(two, ROLE).member("AccessKeyId")).isEqualTo(key);
    assertThat(role(one, ROLE).member("AccessKeyId")).isEqualTo(key);
    assertThat(jvault.sts().calls("AssumeRole") - before).isEqualTo(1);
    assertThat(one.get().member("AccessKeyId")).isNotEqualTo(key);
    assertThat(jvault.sts().calls("AssumeRole") - before).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DEEP,
        "arn:aws:iam::123456789012:role/deploy",
        "arn:aws:iam::123456789012:role/X",
        "arn:aws:iam::123456789012:role/x/",
        "arn:aws:iam::123456789012:role/x/y",
        "x",
      })
  @Attack("grants")
  void anyOtherRoleIsRefusedWithOneConstantSentence(String role) throws IOException {
    SdkClient client = allowed("dev", ROLE);
    int before = jvault.sts().calls("AssumeRole");
    SdkResponse response = role(client, role);
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body())
        .isEqualTo(role(client, "anything").body())
        .isEqualTo(role(SdkClient.of(jvault, "dev"), ROLE).body())
        .contains("\"Code\":\"AccessDenied\"", "\"code\":");
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(before);
  }

  @Test
  void theGateChecksRoleRequestsToo() throws IOException {
    SdkClient client = allowed("dev", ROLE);
    String path = "/role-arn/" + ROLE;
    assertThat(client.send("GET", path, client.host()).status()).isEqualTo(401);
    assertThat(client.send("POST", path, client.host(), client.authorization()).status())
        .isEqualTo(405);
    assertThat(role(client, ROLE.replace(":", "%3A")).status()).isEqualTo(404);
    assertThat(role(client, "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role/x",
        "arn:aws:iam::123:role/x",
        "arn:aws:iam::123456789012:user/x",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam::123456789012:role/a b",
        "arn:aws:iam::123456789012:role/a%2Fb",
        "arn:aws:iam::123456789012:role/a//b",
        "arn:aws:iam::123456789012:role/../b",
        "arn:aws:iam::123456789012:role/a?b",
        ROLE + "\n",
      })
  void anInvalidRoleIsRefusedInOneSentenceAndMakesNoGrant(String role) {
    ControlResponse response = exec("dev", "allow-role=" + role);
    assertThat(response.ended(ExitCode.USAGE)).as("%s", response).isTrue();
    assertThat(response.message()).hasLineCount(1).endsWith(".");
    assertThat(response.body()).isEmpty();
    assertThat(jvault.caller().call("grants").body()).isEqualTo("There are no grants.\n");
  }

  @Test
  void rolesNeedACommandThatAsksTheEndpoint() {
    for (String other : List.of("env=true", "no-session=true")) {
      ControlResponse response = exec("dev", "allow-role=" + ROLE, other);
      assertThat(response.ended(ExitCode.USAGE)).isTrue();
      assertThat(response.message()).contains("--allow-role");
    }
  }

  @Test
  void rolesAndBoundGrantsSurviveARestart() throws IOException {
    SdkClient client = allowed("dev", ROLE);
    jvault.restart();
    assertThat(client.get().credentials()).isTrue();
    assertThat(role(client, ROLE).credentials()).isTrue();
    assertThat(role(client, DEEP).status()).isEqualTo(403);
  }

  @Test
  @Attack("grants")
  void aGrantRevokedDuringRequestsGivesOneRefusalAndNothingElse() throws Exception {
    SdkClient client = allowed("dev", ROLE);
    String authorization = client.authorization();
    assertThat(role(client, ROLE).credentials()).isTrue();
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> readers = new ArrayList<>();
      for (int reader = 0; reader < 8; reader++) {
        String path = reader % 2 == 0 ? client.path() : "/role-arn/" + ROLE;
        readers.add(
            threads.submit(() -> {
              List<Integer> seen = new ArrayList<>();
              while (!over.get()) {
                seen.add(client.send("GET", path, client.host(), authorization).status());
              }
              seen.add(client.send("GET", path, client.host(), authorization).status());
              return seen;
            }));
      }
      RunningJvault.succeeded(jvault.caller().call("revoke", "all=true", "force=true"));
      over.set(true);
      for (Future<List<Integer>> reader : readers) {
        assertThat(reader.get()).containsAnyOf(200, 401).doesNotContain(403, 404, 500);
        assertThat(reader.get().getLast()).isEqualTo(401);
      }
    }
  }

  private ControlResponse exec(String profile, String... options) {
    var all = new ArrayList<>(List.of(options));
    all.add("profile=" + profile);
    all.add("caller.pid=" + ProcessHandle.current().pid());
    return jvault.caller().call("exec", all.toArray(String[]::new));
  }

  private SdkClient allowed(String profile, String roles) {
    return new SdkClient(
        new ParsedLaunchPlan(RunningJvault.succeeded(exec(profile, "allow-role=" + roles)).body()));
  }

  private static SdkResponse role(SdkClient client, String arn) throws IOException {
    return client.send("GET", "/role-arn/" + arn, client.host(), client.authorization());
  }
}
