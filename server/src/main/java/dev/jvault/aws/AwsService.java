package dev.jvault.aws;

import dev.jvault.profile.ServiceTarget;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.signin.endpoints.SigninEndpointProvider;
import software.amazon.awssdk.services.sso.endpoints.SsoEndpointProvider;
import software.amazon.awssdk.services.ssooidc.endpoints.SsoOidcEndpointProvider;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/** A service of AWS that jvault asks, with AWS's own rules of where it is. */
enum AwsService {
  /** The Security Token Service. */
  STS("STS", "AWS_ENDPOINT_URL_STS") {
    @Override
    CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack) {
      return StsEndpointProvider.defaultProvider()
          .resolveEndpoint(rule -> rule.region(region).useFips(fips).useDualStack(dualStack));
    }
  },
  /** The tokens of IAM Identity Center. */
  SSO_OIDC("SSO-OIDC", "AWS_ENDPOINT_URL_SSO_OIDC") {
    @Override
    CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack) {
      return SsoOidcEndpointProvider.defaultProvider()
          .resolveEndpoint(rule -> rule.region(region).useFips(fips).useDualStack(dualStack));
    }
  },
  /** The access portal of IAM Identity Center. */
  SSO("SSO", "AWS_ENDPOINT_URL_SSO") {
    @Override
    CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack) {
      return SsoEndpointProvider.defaultProvider()
          .resolveEndpoint(rule -> rule.region(region).useFips(fips).useDualStack(dualStack));
    }
  },
  /** What {@code aws login} signs in to. */
  SIGNIN("sign-in", "AWS_ENDPOINT_URL_SIGNIN") {
    @Override
    CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack) {
      return SigninEndpointProvider.defaultProvider()
          .resolveEndpoint(rule -> rule.region(region).useFips(fips).useDualStack(dualStack));
    }
  };

  private final String label;
  private final String variable;

  AwsService(String label, String variable) {
    this.label = label;
    this.variable = variable;
  }

  /** What people call it. */
  String label() {
    return label;
  }

  /** The variable that names its endpoint. */
  String variable() {
    return variable;
  }

  /** Where AWS's rules say that it is, given {@link ServiceTarget}'s wishes. */
  abstract CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack);
}
