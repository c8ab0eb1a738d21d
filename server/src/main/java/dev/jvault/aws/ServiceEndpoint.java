package dev.jvault.aws;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;

/**
 * The endpoint of a service, and the region that its requests are signed for. An endpoint of the
 * profile's own takes precedence, and FIPS and dual stack are then ignored, as in botocore;
 * otherwise AWS's rules determine the host.
 *
 * @param url scheme, host and port
 * @param signingRegion the region in the signature, us-east-1 for the global endpoint
 */
record ServiceEndpoint(URI url, Region signingRegion) {
  private static final String GLOBAL = "aws-global";
  private static final Pattern HOST_LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");

  /** The endpoint of a target. An invalid region or endpoint is a {@link JvaultException}. */
  static ServiceEndpoint of(AwsService service, ServiceTarget target) {
    if (!HOST_LABEL.matcher(target.region()).matches()) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "The region \""
              + target.region()
              + "\" is not the name of a region; correct the profile's.");
    }
    return target
        .endpoint()
        .map(own -> ofTheProfile(service, own, target.region()))
        .orElseGet(() -> ofAws(service, target));
  }

  /** The host, with the port if it is not the scheme's default. */
  String host() {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  private static ServiceEndpoint ofTheProfile(AwsService service, URI own, String region) {
    boolean web = "https".equals(own.getScheme()) || "http".equals(own.getScheme());
    if (!web || own.getHost() == null) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "The endpoint of "
              + service.label()
              + " must be an http or https URL with a host; correct endpoint_url or "
              + service.variable()
              + ".");
    }
    return new ServiceEndpoint(own, Region.of(GLOBAL.equals(region) ? "us-east-1" : region));
  }

  private static ServiceEndpoint ofAws(AwsService service, ServiceTarget target) {
    // Every SDK still accepts the old names of FIPS regions: fips-us-east-1 and us-east-1-fips.
    String region = target.region().replaceFirst("^fips-|-fips$", "");
    boolean fips = target.fips() || !region.equals(target.region());
    try {
      Endpoint endpoint = service.resolve(Region.of(region), fips, target.dualStack()).join();
      return new ServiceEndpoint(
          endpoint.endpointUrl().toUri(), Region.of(signingRegion(endpoint, region)));
    } catch (CompletionException | SdkException e) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "AWS has no "
              + service.label()
              + " endpoint for region "
              + target.region()
              + (fips ? " with FIPS" : "")
              + (target.dualStack() ? " with dual stack" : "")
              + "; correct the profile's region, use_fips_endpoint or use_dualstack_endpoint.",
          e);
    }
  }

  private static String signingRegion(Endpoint endpoint, String otherwise) {
    var schemes = endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES);
    if (schemes != null
        && !schemes.isEmpty()
        && schemes.getFirst() instanceof SigV4AuthScheme signature
        && signature.signingRegion() != null) {
      return signature.signingRegion();
    }
    return otherwise;
  }
}
