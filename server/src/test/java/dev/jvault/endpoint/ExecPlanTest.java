package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ParsedLaunchPlan;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What SDKs need of a command's environment, by the numbers of the checklist. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExecPlanTest {
  private static final String URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

  private RunningJvault jvault;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterAll
  void stop() {
    jvault.close();
  }

  @Test
  @DisplayName("38. the address has the literal 127.0.0.1, and exactly one token variable is set")
  void theAddressIsLiteral() {
    ParsedLaunchPlan plan = jvault.exec("dev");
    assertThat(plan.value(URI))
        .contains("http://127.0.0.1:" + jvault.port() + "/credentials/dev-terminal");
    assertThat(plan.value(TOKEN_FILE)).isPresent();
    assertThat(plan.value(TOKEN)).isEmpty();
    assertThat(plan.unset()).contains(TOKEN);
  }

  @Test
  @DisplayName("38. with --token-env the other token variable is the one that is set")
  void theTokenInTheEnvironment() throws IOException {
    ParsedLaunchPlan plan = jvault.exec("dev", "token-env=true");
    assertThat(plan.value(TOKEN).orElseThrow()).matches("[A-Za-z0-9_-]{43}");
    assertThat(plan.value(URI).orElseThrow()).contains("/credentials/dev-terminal");
    assertThat(plan.value(TOKEN_FILE)).isEmpty();
    assertThat(plan.unset()).contains(TOKEN_FILE);
  }

  @Test
  @DisplayName("39. everything that shadows the endpoint in some SDK is unset")
  void whatShadowsTheEndpointIsUnset() {
    assertThat(jvault.exec("dev").unset())
        .contains(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_SECURITY_TOKEN",
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_ROLE_ARN",
            "AWS_ROLE_SESSION_NAME",
            "AWS_CREDENTIAL_EXPIRATION",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AMAZON_ACCESS_KEY_ID",
            "AWS_ACCESS_KEY");
  }

  @Test
  @DisplayName("39. both region variables have the profile's region")
  void bothRegionVariables() {
    ParsedLaunchPlan plan = jvault.exec("dev");
    assertThat(plan.value("AWS_REGION")).contains("eu-west-1");
    assertThat(plan.value("AWS_DEFAULT_REGION")).contains("eu-west-1");
  }
}
