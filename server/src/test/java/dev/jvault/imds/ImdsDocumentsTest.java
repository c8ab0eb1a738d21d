package dev.jvault.imds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.endpoint.EndpointFixture;
import dev.jvault.http.RawClient;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SDKs need of instance metadata, by the numbers of the checklist: documents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImdsDocumentsTest {
  private static final String DATE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

  private EndpointFixture fixture;
  private ImdsClient dev;
  private ImdsClient deploy;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    fixture = new EndpointFixture(home);
    dev = ImdsClient.of(fixture, "dev");
    deploy = ImdsClient.of(fixture, "deploy");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  @DisplayName("55. the role list is exactly one name without a newline, with and without a slash")
  void theRoleList(String slash) throws IOException {
    String path = "/latest/meta-data/iam/security-credentials" + slash;
    SdkResponse response = deploy.get(path);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).contains("text/plain");
    assertThat(response.body()).isEqualTo("deploy");
    assertThat(dev.get(path).body()).isEqualTo("dev");
  }

  @Test
  @DisplayName("56. the role's document has what SDKs read, and Code is Success")
  void theRolesDocument() throws IOException {
    SdkResponse response = deploy.get(ImdsClient.CREDENTIALS + "deploy");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.member("Code")).isEqualTo("Success");
    assertThat(response.member("Type")).isEqualTo("AWS-HMAC");
    assertThat(response.member("LastUpdated")).matches(DATE);
    assertThat(response.member("Expiration")).matches(DATE);
    assertThat(response.member("AccessKeyId")).matches("ASIA[A-Z2-7]{16}");
    assertThat(response.names()).contains("SecretAccessKey", "Token");
    assertThat(response.header("Server")).contains("EC2ws");
    assertThat(response.header("Accept-Ranges")).contains("none");
    assertThat(response.header("Last-Modified")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "dev", "Deploy", "deploy/x", "deploy%20"})
  @DisplayName("57. any other role gets 404")
  void anyOtherRole(String role) throws IOException {
    SdkResponse response = deploy.get(ImdsClient.CREDENTIALS + role);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).doesNotContain("AccessKeyId");
  }

  @Test
  @DisplayName("58. the extended credentials are the same, with the account")
  void theExtendedCredentials() throws IOException {
    String extended = "/latest/meta-data/iam/security-credentials-extended";
    assertThat(deploy.get(extended).body()).isEqualTo("deploy");
    assertThat(deploy.get(extended + "/").body()).isEqualTo("deploy");
    SdkResponse response = deploy.get(extended + "/deploy");
    assertThat(response.member("AccountId")).isEqualTo("123456789012");
    assertThat(response.body()).isEqualTo(deploy.get(ImdsClient.CREDENTIALS + "deploy").body());
    assertThat(deploy.get(extended + "/other").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("59. sessions have at least 25 minutes left, or are refreshed first")
  void servedSessionsHave25MinutesLeft() throws IOException {
    String first = dev.get(ImdsClient.CREDENTIALS + "dev").member("AccessKeyId");
    SdkResponse response;
    Duration spent = Duration.ZERO;
    do {
      fixture.clock().advance(Duration.ofMinutes(1));
      spent = spent.plusMinutes(1);
      response = dev.get(ImdsClient.CREDENTIALS + "dev");
      assertThat(response.expiration())
          .isAfterOrEqualTo(fixture.clock().instant().plus(Duration.ofMinutes(25)));
    } while (response.member("AccessKeyId").equals(first) && spent.toMinutes() < 60);
    assertThat(spent).isGreaterThanOrEqualTo(Duration.ofMinutes(29));
  }

  @ParameterizedTest
  @CsvSource({
    "meta-data/placement/region, eu-west-1",
    "meta-data/placement/region/, eu-west-1",
    "meta-data/placement/availability-zone, eu-west-1a",
    "meta-data/placement/availability-zone/, eu-west-1a",
    "meta-data/placement/availability-zone-id, euw1-az1",
    "meta-data/instance-id, i-00000000000000000",
    "meta-data/ami-id, ami-00000000000000000",
    "meta-data/instance-type, t3.micro",
    "meta-data/mac, 02:00:00:00:00:00",
    "meta-data/hostname, localhost",
    "meta-data/local-hostname, localhost"
  })
  @DisplayName("60. the documents that tools read exist")
  void documentsThatToolsRead(String path, String text) throws IOException {
    SdkResponse response = dev.get("/latest/" + path);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(text);
    assertThat(response.header("Content-Type")).contains("text/plain");
    assertThat(dev.get("/2021-07-15/" + path).body()).isEqualTo(text);
  }

  @Test
  @DisplayName("60. the identity document has region, account and instance, and no signature")
  void theIdentityDocument() throws IOException {
    fixture.config(
        """
        [profile deploy]
        region = ap-southeast-2
        source_profile = dev
        role_arn = arn:aws:iam::210987654321:role/team/deploy
        """);
    try {
      SdkResponse response = deploy.get("/latest/dynamic/instance-identity/document");
      assertThat(response.member("region")).isEqualTo("ap-southeast-2");
      assertThat(response.member("availabilityZone")).isEqualTo("ap-southeast-2a");
      assertThat(response.member("accountId")).isEqualTo("210987654321");
      assertThat(response.member("instanceId")).isEqualTo("i-00000000000000000");
      assertThat(deploy.get("/latest/dynamic/instance-identity/").body()).isEqualTo("document");
      assertThat(deploy.get("/latest/dynamic/instance-identity/signature").status()).isEqualTo(404);
      SdkResponse info = deploy.get("/latest/meta-data/iam/info/");
      assertThat(info.member("InstanceProfileArn"))
          .isEqualTo("arn:aws:iam::210987654321:instance-profile/deploy");
      assertThat(info.member("Code")).isEqualTo("Success");
    } finally {
      fixture.config(RunningJvault.profiles(fixture.sts().endpoint()));
    }
  }

  @Test
  @DisplayName("60. each directory lists its entries")
  void eachDirectoryListsItsEntries() throws IOException {
    assertThat(dev.get("/").body().lines()).contains("1.0", "2009-04-04", "latest");
    assertThat(dev.get("/latest").body()).isEqualTo("dynamic\nmeta-data");
    assertThat(dev.get("/latest/").body()).isEqualTo("dynamic\nmeta-data");
    assertThat(dev.get("/latest/meta-data/").body().lines())
        .contains("ami-id", "iam/", "instance-id", "placement/")
        .isSorted();
    assertThat(dev.get("/latest/meta-data/iam").body())
        .isEqualTo("info\nsecurity-credentials-extended/\nsecurity-credentials/");
    assertThat(dev.get("/latest/meta-data/placement/").body())
        .isEqualTo("availability-zone\navailability-zone-id\nregion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/latest/meta-data/nothing",
        "/latest/user-data",
        "/latest/meta-data/public-keys/",
        "/1999-01-01/meta-data/instance-id",
        "/newest/meta-data/",
        "/latest/meta-data/instance-i",
        "/latest/meta-data/../meta-data/instance-id",
        "/latest//meta-data",
        "/credentials/dev-terminal",
        "/v1/credentials"
      })
  @DisplayName("60. an unknown path gets EC2's page for 404")
  void anUnknownPath(String path) throws IOException {
    SdkResponse response = dev.get(path);
    assertThat(response.status()).isIn(404, 400);
    assertThat(response.header("Content-Type")).contains("text/html");
    assertThat(response.body()).contains(" - ").doesNotContain("AccessKeyId");
  }

  @Test
  @DisplayName("62. a profile without a key is an instance without a role: 404, and SDKs go on")
  void aProfileWithoutAKey() throws IOException {
    fixture.config(
        RunningJvault.profiles(fixture.sts().endpoint())
            .replace(
                "[profile deploy]\nsource_profile = dev",
                "[profile deploy]\nsource_profile = none"));
    try {
      SdkResponse response = deploy.get(ImdsClient.CREDENTIALS);
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.body()).contains("none");
      assertThat(deploy.get("/latest/meta-data/instance-id").status()).isEqualTo(404);
    } finally {
      fixture.config(RunningJvault.profiles(fixture.sts().endpoint()));
    }
  }

  @Test
  @DisplayName("63. PUT and GETs work over one connection, and over one each")
  void overOneConnection() throws IOException {
    try (var connection = new RawClient(dev.port())) {
      String host = dev.host() + "\r\n";
      connection.send(
          "PUT /latest/api/token HTTP/1.1\r\n" + host + ImdsClient.ttl(60) + "\r\n\r\n");
      String token = SdkResponse.of(connection.readAnswer()).body();
      for (String path : List.of(ImdsClient.CREDENTIALS, ImdsClient.CREDENTIALS + "dev")) {
        connection.send(
            "GET "
                + path
                + " HTTP/1.1\r\n"
                + host
                + "x-aws-ec2-metadata-token: "
                + token
                + "\r\n\r\n");
        assertThat(SdkResponse.of(connection.readAnswer()).status()).isEqualTo(200);
      }
    }
    assertThat(dev.get(ImdsClient.CREDENTIALS + "dev").header("Connection")).contains("close");
  }

  @Test
  @DisplayName("methods are those of the real service, and others get 405")
  void methods() throws IOException {
    SdkResponse head =
        dev.send(
            "HEAD", "/latest/meta-data/", dev.host(), "x-aws-ec2-metadata-token: " + dev.token());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    SdkResponse token = dev.get("/latest/api/token");
    assertThat(token.status()).isEqualTo(405);
    assertThat(token.header("Allow")).contains("PUT");
    SdkResponse put = dev.send("PUT", "/latest/meta-data/", dev.host());
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("Allow")).contains("GET, HEAD");
    assertThat(dev.send("POST", ImdsClient.CREDENTIALS, dev.host()).status()).isEqualTo(405);
  }
}
