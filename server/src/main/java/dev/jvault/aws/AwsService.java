package dev.jvault.aws;

import dev.jvault.profile.ServiceTarget;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.endpoints.IamEndpointProvider;
import software.amazon.awssdk.services.signin.endpoints.SigninEndpointProvider;
import software.amazon.awssdk.services.sso.endpoints.SsoEndpointProvider;
import software.amazon.awssdk.services.ssooidc.endpoints.SsoOidcEndpointProvider;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/** An AWS service that jvault calls, with AWS's own endpoint rules. */
enum AwsService {
  /** The Security Token Service. */
  STS("STS", "AWS_ENDPOINT_URL_STS") {
    @Override
    CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack) {
      return StsEndpointProvider.defaultProvider()
          .resolveEndpoint(rule -> rule.region(region).useFips(fips).useDualStack(dualStack));
    }
  },
  /** Identity and Access Management; one endpoint for each partition. */
  IAM("IAM", "AWS_ENDPOINT_URL_IAM") {
    @Override
    CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack) {
      return IamEndpointProvider.defaultProvider()
          .resolveEndpoint(rule -> rule.region(region).useFips(fips).useDualStack(dualStack));
    }
  },
  /** The token service of IAM Identity Center. */
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
  /** The sign-in service of {@code aws login}. */
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

  /** The name for display. */
  String label() {
    return label;
  }

  /** The environment variable that sets its endpoint. */
  String variable() {
    return variable;
  }

  /** Resolves the endpoint by AWS's rules, with the options of a {@link ServiceTarget}. */
  abstract CompletableFuture<Endpoint> resolve(Region region, boolean fips, boolean dualStack);
}
