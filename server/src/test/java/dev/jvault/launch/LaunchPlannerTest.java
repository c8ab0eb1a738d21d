package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.aws.SdkSectionParser;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.imds.ImdsListener;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.ParsedLaunchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a command finds in its environment, for each method of delivery. */
final class LaunchPlannerTest {
  private static final int PORT = 9170;
  private static final String LOOPBACK =
      "127.0.0.1,localhost,169.254.169.254,169.254.170.2,169.254.170.23";
  private static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

  @TempDir Path home;
  private final FakeClock clock = new FakeClock();
  private Path config;
  private Path credentials;
  private Grants grants;
  private Profiles profiles;
  private LaunchPlanner planner;

  @BeforeEach
  void prepare() throws IOException {
    config = home.resolve("config");
    credentials = home.resolve("credentials");
    Files.writeString(config, "[profile dev]\nregion = eu-west-1\n[profile bare]\n");
    OwnerFiles.folder(home.resolve("state"));
    grants = new Grants(home.resolve("state"), home.resolve("state/tokens"), clock);
    var configReader = new ConfigReader(new SdkSectionParser());
    profiles = new Profiles(configReader, _ -> true);
    OwnerFiles.folder(home.resolve("run"));
    planner =
        new LaunchPlanner(
            () -> PORT, grants, TestCopies.in(home.resolve("run/config"), configReader));
  }

  @Test
  @Attack("no-secret-in-processes")
  void anEndpointPlanNamesTheTokenFileAndHoldsNoToken() throws IOException {
    LaunchRequest request = LaunchRequest.plain(caller());
    Grant grant = grants.standing(Grant.Kind.TERMINAL, "dev", caller());

    String text = planner.endpoint(chain("dev", request), grant, request).lines();

    ParsedLaunchPlan plan = new ParsedLaunchPlan(text);
    assertThat(plan.value(FULL_URI)).contains("http://127.0.0.1:9170" + grant.credentialsPath());
    assertThat(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"))
        .contains(grants.tokenFile(grant.id()).toString());
    assertThat(text).doesNotContain(Files.readString(grants.tokenFile(grant.id())));
    assertThat(plan.set())
        .containsEntry("AWS_VAULT", "dev")
        .containsEntry("JVAULT_PROFILE", "dev")
        .containsEntry("AWS_EC2_METADATA_DISABLED", "true")
        .doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_CONFIG_FILE", "JVAULT_CONFIG_FILE");
  }

  @Test
  void thePlanOfAnIssuedGrantHoldsTheToken() {
    LaunchRequest request = LaunchRequest.plain(caller());
    var holder = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    Grants.Issued issued = grants.inEnvironment("dev", caller(), List.of(), holder);

    ParsedLaunchPlan plan =
        new ParsedLaunchPlan(planner.endpoint(chain("dev", request), issued, request).lines());

    assertThat(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN")).contains(issued.token().reveal());
    assertThat(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")).isEmpty();
    assertThat(plan.unset()).contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  }

  @Test
  void theEndpointIsReachedWithoutAProxyInBothSpellings() {
    LaunchRequest request = LaunchRequest.plain(caller("http_proxy", "http://proxy:3128"));
    assertThat(plan("dev", request).set())
        .containsEntry("NO_PROXY", LOOPBACK)
        .containsEntry("no_proxy", LOOPBACK);
  }

  @Test
  void noBotoFileWinsOverTheEndpoint() {
    ParsedLaunchPlan plan = plan("dev", LaunchRequest.plain(caller()));
    assertThat(plan.value("BOTO_CONFIG")).contains("/dev/null");
    assertThat(plan.unset()).contains("AWS_CREDENTIAL_FILE", "AWS_CREDENTIAL_PROFILES_FILE");
  }

  @Test
  void theTokenIsReadWhenAProgramStartsThatKnowsNoTokenFile() throws IOException {
    var option =
        new LaunchRequest(caller(), DeliveryMethod.CONTAINER, Optional.empty(), false, true);
    Files.writeString(
        config, "[profile dev]\n[profile old]\njvault_token_env = true\nregion = eu-west-1\n");
    assertThat(lines("dev", option)).contains("\ntoken-env\n");
    assertThat(lines("old", LaunchRequest.plain(caller()))).contains("\ntoken-env\n");
    assertThat(lines("dev", LaunchRequest.plain(caller()))).doesNotContain("token-env");
  }

  @Test
  void ecsAndEksHaveTheirOwnAddresses() {
    ParsedLaunchPlan ecs = plan("dev", request(DeliveryMethod.ECS));
    assertThat(ecs.value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").orElseThrow())
        .startsWith("/credentials/dev-terminal");
    assertThat(ecs.value(FULL_URI)).isEmpty();

    ParsedLaunchPlan eks = plan("dev", request(DeliveryMethod.EKS));
    assertThat(eks.value(FULL_URI)).contains("http://169.254.170.23/v1/credentials");
    assertThat(eks.value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveryMethod.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CONTAINER", "ECS", "EKS"})
  void noOtherMethodTakesAGrant(DeliveryMethod method) {
    LaunchRequest request = request(method);
    assertThatThrownBy(() -> plan("dev", request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(method.toString());
  }

  @Test
  void anImdsPlanNamesTheListenerAndLeavesImdsEnabled() {
    LaunchRequest request = request(DeliveryMethod.IMDS);
    var listener = new ImdsListener("dev-imds", "dev", 9171, false, false);

    ParsedLaunchPlan plan =
        new ParsedLaunchPlan(planner.imds(chain("dev", request), listener, request).lines());

    assertThat(plan.value("AWS_EC2_METADATA_SERVICE_ENDPOINT")).contains(listener.endpoint());
    assertThat(plan.set()).doesNotContainKeys(FULL_URI, "AWS_EC2_METADATA_DISABLED");
    assertThat(plan.unset())
        .contains("AWS_EC2_METADATA_DISABLED", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", FULL_URI);
    assertThat(plan.set()).doesNotContainKeys("NO_PROXY", "no_proxy");
  }

  @Test
  void theOptionsRegionWinsOverTheProfiles() {
    ParsedLaunchPlan plan =
        plan(
            "dev",
            new LaunchRequest(
                caller(), DeliveryMethod.CONTAINER, Optional.of("us-west-2"), false, false));
    assertThat(plan.value("AWS_REGION")).contains("us-west-2");
    assertThat(plan.value("AWS_DEFAULT_REGION")).contains("us-west-2");
  }

  @Test
  void theProfilesRegionWinsOverTheCallers() {
    ParsedLaunchPlan plan = plan("dev", LaunchRequest.plain(caller("AWS_REGION", "sa-east-1")));
    assertThat(plan.value("AWS_REGION")).contains("eu-west-1");
    assertThat(plan.value("AWS_DEFAULT_REGION")).contains("eu-west-1");
  }

  @Test
  void aProfileWithoutARegionGivesBothVariablesTheCallers() {
    ParsedLaunchPlan plan =
        plan("bare", LaunchRequest.plain(caller("AWS_DEFAULT_REGION", "sa-east-1")));
    assertThat(plan.value("AWS_REGION")).contains("sa-east-1");
    assertThat(plan.value("AWS_DEFAULT_REGION")).contains("sa-east-1");
  }

  @Test
  void noRegionIsSetIfNoneIsNamed() {
    assertThat(plan("bare", LaunchRequest.plain(caller())).set())
        .doesNotContainKeys("AWS_REGION", "AWS_DEFAULT_REGION");
  }

  @Test
  void aFixedPlanHoldsAWholeSessionAndNoEndpoint() {
    LaunchRequest request = request(DeliveryMethod.EXEC_ENV);
    var session =
        new SessionCredentials(
            new AccessKey("ASIAEXAMPLE", Secret.of("secret")),
            Secret.of("token"),
            clock.instant(),
            clock.instant().plusSeconds(3600).plusMillis(5),
            Optional.empty(),
            Optional.empty());

    ParsedLaunchPlan plan =
        new ParsedLaunchPlan(planner.fixed(chain("dev", request), session, request).lines());

    assertThat(plan.set())
        .containsEntry("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE")
        .containsEntry("AWS_SECRET_ACCESS_KEY", "secret")
        .containsEntry("AWS_SESSION_TOKEN", "token")
        .containsEntry("AWS_CREDENTIAL_EXPIRATION", "2030-01-02T04:04:05Z")
        .doesNotContainKey(FULL_URI);
    assertThat(plan.unset()).contains(FULL_URI);
  }

  @Test
  void theFixedPlanOfALongLivedKeyHasNeitherTokenNorExpiration() {
    LaunchRequest request = request(DeliveryMethod.NO_SESSION);
    var key = new AccessKey("AKIAEXAMPLE", Secret.of("secret"));

    ParsedLaunchPlan plan =
        new ParsedLaunchPlan(planner.fixed(chain("dev", request), key, request).lines());

    assertThat(plan.set())
        .containsEntry("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .doesNotContainKeys("AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION");
    assertThat(plan.unset()).contains("AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION");
  }

  @Test
  void aCommandReadsCopiesWithoutTheKeysOfTheDefaultSection() throws IOException {
    String keys =
        "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n[x]\na=b\n";
    Files.writeString(credentials, keys);

    ParsedLaunchPlan plan = plan("dev", LaunchRequest.plain(caller()));

    Path copy = Path.of(plan.value("AWS_SHARED_CREDENTIALS_FILE").orElseThrow());
    assertThat(Files.readString(copy)).isEqualTo("[default]\n[x]\na=b\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(plan.value("JVAULT_SHARED_CREDENTIALS_FILE")).contains(credentials.toString());
    assertThat(plan.set()).doesNotContainKeys("AWS_CONFIG_FILE", "JVAULT_CONFIG_FILE");
    assertThat(Files.readString(credentials)).isEqualTo(keys);
  }

  @Test
  void aNestedCallReadsTheOriginals() throws IOException {
    Files.writeString(credentials, "[default]\naws_access_key_id = AKIADEFAULT\n");
    ParsedLaunchPlan outer = plan("dev", LaunchRequest.plain(caller()));
    Files.writeString(credentials, "[other]\n");
    Map<String, String> inside = new HashMap<>(variables());
    for (String name : List.of("AWS_SHARED_CREDENTIALS_FILE", "JVAULT_SHARED_CREDENTIALS_FILE")) {
      inside.put(name, outer.value(name).orElseThrow());
    }

    ParsedLaunchPlan inner = plan("bare", LaunchRequest.plain(CallerEnvironment.of(inside)));

    assertThat(inner.value("AWS_SHARED_CREDENTIALS_FILE")).contains(credentials.toString());
    assertThat(inner.unset()).contains("JVAULT_SHARED_CREDENTIALS_FILE");
    assertThat(inner.set()).doesNotContainKey("AWS_CONFIG_FILE");
  }

  private ParsedLaunchPlan plan(String profile, LaunchRequest request) {
    return new ParsedLaunchPlan(lines(profile, request));
  }

  private String lines(String profile, LaunchRequest request) {
    Grant grant = grants.standing(Grant.Kind.TERMINAL, profile, request.environment());
    return planner.endpoint(chain(profile, request), grant, request).lines();
  }

  private Chain chain(String profile, LaunchRequest request) {
    return profiles.resolve(profile, request.environment());
  }

  private LaunchRequest request(DeliveryMethod method) {
    return new LaunchRequest(caller(), method, Optional.empty(), false, false);
  }

  private CallerEnvironment caller() {
    return CallerEnvironment.of(variables());
  }

  private CallerEnvironment caller(String name, String value) {
    Map<String, String> variables = new HashMap<>(variables());
    variables.put(name, value);
    return CallerEnvironment.of(variables);
  }

  private Map<String, String> variables() {
    return Map.of(
        "AWS_CONFIG_FILE",
        config.toString(),
        "AWS_SHARED_CREDENTIALS_FILE",
        credentials.toString());
  }
}
