package dev.jvault.endpoint;

import dev.jvault.grant.Grant;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.Profiles;
import java.util.Optional;

/** Resolves the chain that a grant leads to, from the config files as they are now. */
public final class GrantChains {
  private final Profiles profiles;
  private final Runnable awaitVault;

  /**
   * The chains of grants.
   *
   * @param awaitVault waits for at most a second while the vault is about to be unlocked, as after
   *     a handover; otherwise returns at once
   */
  public GrantChains(Profiles profiles, Runnable awaitVault) {
    this.profiles = profiles;
    this.awaitVault = awaitVault;
  }

  /**
   * The chain of a grant's profile.
   *
   * @throws dev.jvault.protocol.JvaultException if the profile cannot be resolved
   */
  public Chain resolve(Grant grant) {
    return resolve(grant, Optional.empty());
  }

  /**
   * The chain of a grant's profile with a role above it, if one is named.
   *
   * @param role the role's ARN
   * @throws dev.jvault.protocol.JvaultException if the profile or role cannot be resolved
   */
  public Chain resolve(Grant grant, Optional<String> role) {
    awaitVault.run();
    return profiles.resolve(grant.profile(), role, grant.environment());
  }

  /** False only if the chain starts at a stored key that the vault does not hold. */
  public boolean keyMayExist(Chain chain) {
    return !(chain.bottom() instanceof Hop.StoredKey key) || profiles.mayHaveStoredKey(key.name());
  }
}
