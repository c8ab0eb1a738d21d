package dev.jvault.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostEnvironmentTest {
  private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String METADATA = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
  private static final String DISABLED = "AWS_EC2_METADATA_DISABLED";

  @Test
  void hasNoContainerWithoutItsVariables() {
    assertThat(host(Map.of()).noContainer())
        .hasValueSatisfying(why -> assertThat(why).contains("neither " + RELATIVE, FULL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.170.23/v1/credentials",
        "http://localhost:8000/2016-11-01/credentialprovider/",
        "http://127.0.0.1:9999/v1/credentials",
        "https://example.com/credentials/x",
        "no URL at all"
      })
  void acceptsAContainersEndpoint(String uri) {
    assertThat(host(Map.of(FULL, uri)).noContainer()).isEmpty();
  }

  @Test
  void acceptsAnEcsTasksPath() {
    assertThat(host(Map.of(RELATIVE, "/v2/credentials/8f5b")).noContainer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1234/credentials/dev-terminal",
        "http://127.0.0.1:9170/anything",
        "http://localhost:9170/",
        "http://[::1]:9170/"
      })
  void refusesJvaultsOwnEndpoint(String uri) {
    assertThat(host(Map.of(FULL, uri)).noContainer())
        .hasValueSatisfying(why ->
            assertThat(why)
                .startsWith(FULL + " points to jvault itself")
                .contains("jvault restart"));
  }

  @Test
  void refusesJvaultsOwnPath() {
    assertThat(host(Map.of(RELATIVE, "/credentials/dev-terminal")).noContainer()).isPresent();
  }

  @Test
  void refusesEveryVariableInsideExec() {
    String eks = "http://169.254.170.23/v1/credentials";
    assertThat(host(Map.of(FULL, eks, "JVAULT_PROFILE", "dev")).noContainer()).isPresent();
    assertThat(host(Map.of(METADATA, "http://127.0.0.1:5", "JVAULT_PROFILE", "dev")).noInstance())
        .isPresent();
    assertThat(host(Map.of(DISABLED, "true", "JVAULT_PROFILE", "dev")).noInstance())
        .hasValueSatisfying(why -> assertThat(why).contains("inside `jvault exec`"));
  }

  @Test
  void allowsInstanceMetadataUnlessItIsDisabled() {
    assertThat(host(Map.of()).noInstance()).isEmpty();
    assertThat(host(Map.of(DISABLED, "false")).noInstance()).isEmpty();
    assertThat(host(Map.of(DISABLED, "TRUE")).noInstance())
        .hasValueSatisfying(why -> assertThat(why).contains("unset it"));
  }

  @Test
  void refusesJvaultsOwnInstanceMetadata() {
    assertThat(host(Map.of(METADATA, "http://127.0.0.1:9170")).noInstance()).isPresent();
    assertThat(host(Map.of(METADATA, "http://127.0.0.1:5")).noInstance()).isEmpty();
    assertThat(host(Map.of(METADATA, "http://127.0.0.1:5")).metadataEndpoint())
        .isEqualTo("http://127.0.0.1:5");
  }

  private static HostEnvironment host(Map<String, String> environment) {
    return new HostEnvironment(environment, port -> port == 9170);
  }
}
