package dev.jvault.endpoint;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.session.SdkProvider;
import java.util.Optional;

/**
 * What a request asks for besides the profile of its grant.
 *
 * @param method how the credentials are delivered
 * @param role the ARN of a role above the profile, if the request names one
 */
public record CredentialRequest(DeliveryMethod method, Optional<String> role) {
  /** Asks for the profile itself. */
  public CredentialRequest(DeliveryMethod method) {
    this(method, Optional.empty());
  }

  SdkProvider provider() {
    return method == DeliveryMethod.IMDS ? SdkProvider.INSTANCE_METADATA : SdkProvider.CONTAINER;
  }
}
