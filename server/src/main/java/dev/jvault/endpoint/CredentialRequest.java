package dev.jvault.endpoint;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.session.SdkProvider;
import java.util.Optional;

/**
 * What a request for credentials asks for, besides the profile of its grant.
 *
 * @param method how they are to leave
 * @param role the ARN of a role above the profile, where one is named
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
