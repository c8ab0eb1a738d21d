package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What SDKs need of the container endpoint, by the numbers of the checklist: the body. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContainerEndpointTest {
  private EndpointFixture fixture;
  private SdkResponse session;
  private SdkResponse role;

  @BeforeAll
  void ask(@TempDir Path home) throws IOException {
    fixture = new EndpointFixture(home);
    session = fixture.client("dev").get();
    role = fixture.client("audit").get();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Test
  @DisplayName("1. the right token gets JSON of exactly that type, with its length")
  void theRightTokenGetsJson() {
    assertThat(session.status()).isEqualTo(200);
    assertThat(session.header("Content-Type")).contains("application/json");
    int length = session.body().getBytes(StandardCharsets.UTF_8).length;
    assertThat(session.header("Content-Length")).contains(Integer.toString(length));
  }

  @Test
  @DisplayName("2. the four members are there, spelt as SDKs read them, and not empty")
  void theFourMembersAreThere() {
    assertThat(session.names()).contains("AccessKeyId", "SecretAccessKey", "Token", "Expiration");
    assertThat(session.member("AccessKeyId")).matches("ASIA[A-Z2-7]{16}");
    assertThat(session.member("SecretAccessKey")).hasSize(40);
    assertThat(session.member("Token")).hasSizeGreaterThan(100);
  }

  @Test
  @DisplayName("3. Expiration is in whole seconds with a literal Z")
  void expirationIsInWholeSeconds() {
    assertThat(session.member("Expiration")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  @DisplayName("4. Expiration is never later than what STS said")
  void expirationIsNeverLater() throws IOException {
    assertThat(session.expiration())
        .isAfter(fixture.clock().instant().plus(Duration.ofMinutes(50)))
        .isBefore(fixture.clock().instant().plus(Duration.ofHours(1)));
  }

  @Test
  @DisplayName("5. Code is exactly Success")
  void codeIsSuccess() {
    assertThat(session.member("Code")).isEqualTo("Success");
  }

  @Test
  @DisplayName("6. LastUpdated has the same form and is no later than now")
  void lastUpdatedHasTheSameForm() {
    String updated = session.member("LastUpdated");
    assertThat(updated).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(java.time.Instant.parse(updated)).isBeforeOrEqualTo(fixture.clock().instant());
  }

  @Test
  @DisplayName("7. the body has under 10,000 bytes")
  void theBodyIsShort() {
    assertThat(role.body().length()).isBetween(300, 9_999);
  }

  @Test
  @DisplayName("8. the response for a role names its account and the role")
  void aRoleNamesItsAccount() {
    assertThat(role.member("AccountId")).isEqualTo("210987654321");
    assertThat(role.member("RoleArn")).isEqualTo("arn:aws:iam::210987654321:role/audit");
  }

  @Test
  @DisplayName("9. no two members differ only in case")
  void noTwoMembersDifferInCaseOnly() {
    assertThat(role.names().stream().map(name -> name.toLowerCase(Locale.ROOT)))
        .hasSizeGreaterThan(6)
        .doesNotHaveDuplicates();
  }
}
