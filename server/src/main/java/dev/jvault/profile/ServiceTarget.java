package dev.jvault.profile;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where an AWS service (STS, IAM Identity Center) is asked, and how it is reached.
 *
 * @param region the region that signs and names the endpoint; {@code aws-global} for the global one
 * @param endpoint in place of AWS's own, from {@code endpoint_url} or its variables
 * @param fips whether the FIPS endpoint is wanted
 * @param dualStack whether the dual-stack endpoint is wanted
 * @param caBundle PEM certificates to trust in place of all others
 * @param proxy an HTTP or SOCKS proxy
 * @param authorities the caller's variables that name more certificates to trust
 */
public record ServiceTarget(
    String region,
    Optional<URI> endpoint,
    boolean fips,
    boolean dualStack,
    Optional<Path> caBundle,
    Optional<URI> proxy,
    List<Setting> authorities) {
  /** A target without variables that name certificates. */
  public ServiceTarget(
      String region,
      Optional<URI> endpoint,
      boolean fips,
      boolean dualStack,
      Optional<Path> caBundle,
      Optional<URI> proxy) {
    this(region, endpoint, fips, dualStack, caBundle, proxy, List.of());
  }

  /** What of this target changes an answer: the service that is asked, not the way to it. */
  public String fingerprint() {
    return region + "\0" + fingerprintForAnyRegion();
  }

  /**
   * The same for answers that are valid in all regions, so that two terminals with two regions
   * never need two MFA codes. STS's sessions of a long-lived key are such answers, unless the
   * global endpoint issued them.
   */
  public String fingerprintForAnyRegion() {
    return region.equals("aws-global")
        + "\0"
        + endpoint.map(Object::toString).orElse("")
        + "\0"
        + fips
        + dualStack;
  }

  /** Leaves out the proxy, whose address may carry a password. */
  @Override
  public String toString() {
    return "ServiceTarget[region=%s, endpoint=%s, fips=%s, dualStack=%s, caBundle=%s]"
        .formatted(region, endpoint, fips, dualStack, caBundle);
  }
}
