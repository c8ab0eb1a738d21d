package dev.jvault.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.JvaultException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "aws-global,     false, false, sts.amazonaws.com,                us-east-1",
    "us-east-1,      false, false, sts.us-east-1.amazonaws.com,      us-east-1",
    "eu-west-1,      false, false, sts.eu-west-1.amazonaws.com,      eu-west-1",
    "cn-north-1,     false, false, sts.cn-north-1.amazonaws.com.cn,  cn-north-1",
    "us-gov-west-1,  true,  false, sts.us-gov-west-1.amazonaws.com,  us-gov-west-1",
    "us-east-2,      true,  false, sts-fips.us-east-2.amazonaws.com, us-east-2",
    "fips-us-east-2, false, false, sts-fips.us-east-2.amazonaws.com, us-east-2",
    "us-east-2-fips, false, false, sts-fips.us-east-2.amazonaws.com, us-east-2",
    "eu-west-1,      false, true,  sts.eu-west-1.api.aws,            eu-west-1",
    "us-east-1,      true,  true,  sts-fips.us-east-1.api.aws,       us-east-1",
  })
  void followsAwssEndpointRules(
      String region, boolean fips, boolean dualStack, String host, String signedFor) {
    ServiceEndpoint endpoint =
        ServiceEndpoint.of(AwsService.STS, target(region, Optional.empty(), fips, dualStack));

    assertThat(endpoint.url()).isEqualTo(URI.create("https://" + host));
    assertThat(endpoint.signingRegion().id()).isEqualTo(signedFor);
    assertThat(endpoint.host()).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "SSO_OIDC, eu-west-1,     false, false, oidc.eu-west-1.amazonaws.com",
    "SSO_OIDC, cn-north-1,    false, false, oidc.cn-north-1.amazonaws.com.cn",
    "SSO_OIDC, us-gov-west-1, true,  false, oidc.us-gov-west-1.amazonaws.com",
    "SSO_OIDC, us-east-1,     true,  false, oidc-fips.us-east-1.amazonaws.com",
    "SSO_OIDC, eu-west-1,     false, true,  oidc.eu-west-1.api.aws",
    "SSO,      eu-west-1,     false, false, portal.sso.eu-west-1.amazonaws.com",
    "SSO,      us-east-1,     true,  false, portal.sso-fips.us-east-1.amazonaws.com",
    "SSO,      eu-west-1,     false, true,  portal.sso.eu-west-1.api.aws",
  })
  void followsTheRulesForIdentityCenter(
      AwsService service, String region, boolean fips, boolean dualStack, String host) {
    ServiceEndpoint endpoint =
        ServiceEndpoint.of(service, target(region, Optional.empty(), fips, dualStack));

    assertThat(endpoint.url()).isEqualTo(URI.create("https://" + host));
  }

  @Test
  void namesTheWrongVariable() {
    var own = Optional.of(URI.create("ftp://x"));
    assertThatExceptionOfType(JvaultException.class)
        .isThrownBy(
            () -> ServiceEndpoint.of(AwsService.SSO, target("eu-west-1", own, false, false)))
        .withMessageContaining("endpoint of SSO")
        .withMessageEndingWith("AWS_ENDPOINT_URL_SSO.");
  }

  @Test
  void prefersTheProfilesOwnEndpointToVariants() {
    var own = Optional.of(URI.create("http://127.0.0.1:5000"));
    ServiceEndpoint endpoint =
        ServiceEndpoint.of(AwsService.STS, target("aws-global", own, true, true));

    assertThat(endpoint.url()).isEqualTo(own.get());
    assertThat(endpoint.signingRegion().id()).isEqualTo("us-east-1");
    assertThat(endpoint.host()).isEqualTo("127.0.0.1:5000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eu west 1", "eu-west-1/..", "example.com#", "-", "ü", "a@b"})
  void refusesAnInvalidRegion(String region) {
    assertThatExceptionOfType(JvaultException.class)
        .isThrownBy(() ->
            ServiceEndpoint.of(AwsService.STS, target(region, Optional.empty(), false, false)))
        .withMessageContaining("is not the name of a region");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1", "https:///path", "127.0.0.1", "/x"})
  void refusesAnInvalidEndpoint(String url) {
    var own = Optional.of(URI.create(url));
    assertThatExceptionOfType(JvaultException.class)
        .isThrownBy(
            () -> ServiceEndpoint.of(AwsService.STS, target("eu-west-1", own, false, false)))
        .withMessageContaining("must be an http or https URL");
  }

  private static ServiceTarget target(
      String region, Optional<URI> endpoint, boolean fips, boolean dualStack) {
    return new ServiceTarget(region, endpoint, fips, dualStack, Optional.empty(), Optional.empty());
  }
}
