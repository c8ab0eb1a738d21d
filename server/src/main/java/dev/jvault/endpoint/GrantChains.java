package dev.jvault.endpoint;

import dev.jvault.grant.Grant;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resolves the chain that a grant leads to, from the config files as they are now. */
public final class GrantChains {
  private static final Logger LOG = LoggerFactory.getLogger(GrantChains.class);

  private final Profiles profiles;
  private final Runnable awaitVault;
  private final BooleanSupplier keysKnown;

  /**
   * The chains of grants.
   *
   * @param awaitVault waits for at most a second while the vault is about to be unlocked, as after
   *     a handover; otherwise returns at once
   * @param keysKnown whether it is known which profiles have a stored key; a locked vault may hold
   *     any
   */
  public GrantChains(Profiles profiles, Runnable awaitVault, BooleanSupplier keysKnown) {
    this.profiles = profiles;
    this.awaitVault = awaitVault;
    this.keysKnown = keysKnown;
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
    Chain own = profiles.resolve(grant.profile(), Optional.empty(), grant.environment());
    requireTheSame(grant, own);
    return role.isEmpty() ? own : profiles.resolve(grant.profile(), role, grant.environment());
  }

  /** A command never goes on with other credentials because a config file was edited. */
  private void requireTheSame(Grant grant, Chain chain) {
    Optional<String> before = grant.leadsTo();
    if (before.isEmpty() || before.get().equals(chain.leadsTo())) {
      return;
    }
    if (chain.bottom() instanceof Hop.StoredKey && !keysKnown.getAsBoolean()) {
      throw new JvaultException(
          ExitCode.PERSON,
          "The vault is locked, so jvault cannot tell what profile %s leads to: run `jvault unlock %s`."
              .formatted(grant.profile(), grant.profile()));
    }
    LOG.warn("event=profile_leads_elsewhere grant={} profile={}", grant.id(), grant.profile());
    throw new JvaultException(
        ExitCode.PROFILE,
        "Profile %s led to %s when this command began, and now leads to %s; start the command again."
            .formatted(
                grant.profile(),
                PrintableText.quoted(before.get()),
                PrintableText.quoted(chain.leadsTo())));
  }

  /** False only if the chain starts at a stored key that the vault does not hold. */
  public boolean keyMayExist(Chain chain) {
    return !(chain.bottom() instanceof Hop.StoredKey key) || profiles.mayHaveStoredKey(key.name());
  }
}
