package dev.jvault.endpoint;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.session.SdkProvider;
import java.util.Optional;

/**
 * What a request for credentials asks for, besides the profile of its grant.
 *
 * @param way how they are to leave
 * @param role the ARN of a role above the profile, where one is named
 */
public record CredentialRequest(DeliveryMethod way, Optional<String> role) {
  /** Asks for the profile itself. */
  public CredentialRequest(DeliveryMethod way) {
    this(way, Optional.empty());
  }

  SdkProvider consumer() {
    return way == DeliveryMethod.IMDS ? SdkProvider.INSTANCE_METADATA : SdkProvider.CONTAINER;
  }
}
