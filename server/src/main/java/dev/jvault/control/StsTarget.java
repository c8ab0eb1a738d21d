package dev.jvault.control;

import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import java.util.Optional;

/** Where a chain asks STS. */
final class StsTarget {
  private StsTarget() {}

  /** The target of the chain's last call; empty if it makes none. */
  static Optional<ServiceTarget> of(Chain chain) {
    return chain.hops().reversed().stream().flatMap(hop -> of(hop).stream()).findFirst();
  }

  private static Optional<ServiceTarget> of(Hop hop) {
    return switch (hop) {
      case Hop.SessionToken session -> Optional.of(session.sts());
      case Hop.FederationToken session -> Optional.of(session.sts());
      case Hop.AssumeRole role -> Optional.of(role.sts());
      case Hop.WebIdentity identity -> Optional.of(identity.sts());
      default -> Optional.empty();
    };
  }
}
