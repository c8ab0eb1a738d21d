package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which STS is asked, with botocore's keys, variables and precedence. */
final class ServiceTargetsTest {
  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void endpointsComeFromTheServiceThenTheGlobalVariableThenServicesThenTheProfile() {
    home.config("[profile a]\nendpoint_url = http://profile\n");
    assertThat(sts().endpoint()).hasValue(URI.create("http://profile"));
    home.config(
        """
        [profile a]
        endpoint_url = http://profile
        services = mine
        [services mine]
        s3 =
          endpoint_url = http://s3
        sts =
          endpoint_url = http://services
        """);
    assertThat(sts().endpoint()).hasValue(URI.create("http://services"));
    home.with("AWS_ENDPOINT_URL", "http://global");
    assertThat(sts().endpoint()).hasValue(URI.create("http://global"));
    home.with("AWS_ENDPOINT_URL_STS", "http://service");
    assertThat(sts().endpoint()).hasValue(URI.create("http://service"));
    home.with("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    assertThat(sts().endpoint()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, '', aws-global",
    "us-east-1, '', aws-global",
    "eu-south-2, '', eu-south-2",
    "eu-west-1, use_fips_endpoint=true, eu-west-1",
    "eu-west-1, endpoint_url=https://sts.example.com, eu-west-1"
  })
  void legacyEndpointsAreTheGlobalOneInOldRegions(String region, String more, String asked) {
    home.config(
        "[profile a]\nregion=" + region + "\nsts_regional_endpoints=legacy\n" + more + "\n");
    assertThat(sts().region()).isEqualTo(asked);
    assertThat(home.with("AWS_STS_REGIONAL_ENDPOINTS", "regional").resolve("a").region())
        .hasValue(region);
    assertThat(sts().region()).isEqualTo(region);
  }

  @Test
  void variablesWinOverTheProfile() {
    home.config(
        "[profile a]\nuse_fips_endpoint=true\nuse_dualstack_endpoint=true\nca_bundle=~/x\n");
    assertThat(sts().fips()).isTrue();
    assertThat(sts().dualStack()).isTrue();
    assertThat(sts().caBundle()).hasValue(folder.resolve("x"));
    home.with("AWS_USE_FIPS_ENDPOINT", "False")
        .with("AWS_USE_DUALSTACK_ENDPOINT", "false")
        .with("AWS_CA_BUNDLE", "/etc/ca.pem");
    assertThat(sts().fips()).isFalse();
    assertThat(sts().dualStack()).isFalse();
    assertThat(sts().caBundle()).hasValue(Path.of("/etc/ca.pem"));
  }

  @Test
  void aProxyIsForHttpsOnly() {
    home.config("[profile a]\n").with("HTTPS_PROXY", "proxy.example.com:3128");
    assertThat(sts().proxy()).hasValue(URI.create("http://proxy.example.com:3128"));
    home.with("AWS_ENDPOINT_URL", "http://localhost:5000");
    assertThat(sts().proxy()).isEmpty();
    home.with("AWS_ENDPOINT_URL", "https://sts.example.com");
    assertThat(sts().proxy()).isPresent();
    home.with("https_proxy", "http://lower:1");
    assertThat(sts().proxy()).hasValue(URI.create("http://lower:1"));
  }

  @Test
  void aSocksProxyOfAllProtocolsIsUsedIfHttpsHasNone() {
    home.config("[profile a]\n").with("ALL_PROXY", "socks5h://localhost:1080");
    assertThat(sts().proxy()).hasValue(URI.create("socks5h://localhost:1080"));
    home.with("HTTPS_PROXY", "http://proxy:1");
    assertThat(sts().proxy()).hasValue(URI.create("http://proxy:1"));
  }

  @Test
  void aProxyThatSpeaksTlsIsRefusedWithTheReason() {
    home.config("[profile a]\n").with("HTTPS_PROXY", "https://me:CANARY@proxy:1");
    assertThat(home.outcome("a"))
        .isEqualTo(
            "HTTPS_PROXY (in the environment) is a proxy that speaks TLS itself, which the JDK's"
                + " HTTP client cannot; name its http:// or socks5:// address.");
  }

  @ParameterizedTest
  @CsvSource({
    "'localhost, .amazonaws.com', true",
    "amazonaws.com:443, true",
    "STS.eu-west-1.amazonaws.com, true",
    "*, true",
    "naws.com, false",
    "'localhost,,sts.us-east-1.amazonaws.com', false"
  })
  void aHostInNoProxyIsReachedDirectly(String exceptions, boolean direct) {
    home.config("[profile a]\nregion=eu-west-1\n")
        .with("HTTPS_PROXY", "http://proxy:1")
        .with("NO_PROXY", exceptions);
    assertThat(sts().proxy().isEmpty()).isEqualTo(direct);
  }

  @Test
  void aProxysPasswordIsInNoTextAndNoSentence() {
    home.config("[profile a]\n").with("HTTPS_PROXY", "http://me:CANARY@proxy:1");
    assertThat(home.resolve("a").toString()).contains("us-east-1").doesNotContain("CANARY");
    assertThat(home.with("HTTPS_PROXY", "http://me:CANARY@pro xy:1").outcome("a"))
        .startsWith("HTTPS_PROXY (in the environment) is not an address")
        .doesNotContain("CANARY");
  }

  private ServiceTarget sts() {
    return ((Hop.SessionToken) home.resolve("a").hops().get(1)).sts();
  }
}
