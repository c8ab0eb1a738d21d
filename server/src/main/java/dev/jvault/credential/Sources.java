package dev.jvault.credential;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.secret.AccessKey;
import dev.jvault.vault.Unlock;
import dev.jvault.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the sources of a profile's chain together, its key taken from the vault. */
public final class Sources {
  private final Vault vault;
  private final Sts sts;
  private final MfaCodes codes;

  /** Sources that share a vault, an STS and the codes that persons give. */
  public Sources(Vault vault, Sts sts, MfaCodes codes) {
    this.vault = vault;
    this.sts = sts;
    this.codes = codes;
  }

  /**
   * Opens the vault if need be and finds the key.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened for another reason
   *     than a missing passphrase
   */
  public Assembly assemble(Chain chain, CallerEnvironment environment) {
    Hop.StoredKey bottom = bottom(chain);
    if (!vault.exists()) {
      return new Assembly.Blocked(noKey(chain, bottom));
    }
    if (!vault.unlocked() && vault.unlock(Optional.empty(), environment.helper()) != Unlock.OPEN) {
      return new Assembly.Blocked(new Outcome.NeedsPerson(new PersonNeed.Passphrase()));
    }
    Optional<AccessKey> key = vault.keys().find(bottom.name());
    if (key.isEmpty()) {
      return new Assembly.Blocked(noKey(chain, bottom));
    }
    List<CredentialSource> sources =
        chain.hops().stream().skip(1).map(hop -> source(hop, environment.helper())).toList();
    return new Assembly.Ready(new SourceChain(chain.profile(), bottom.name(), key.get(), sources));
  }

  private CredentialSource source(Hop hop, Map<String, String> helper) {
    return switch (hop) {
      case Hop.SessionToken token -> new SessionTokenSource(token, sts, codes, helper);
      case Hop.AssumeRole role -> new AssumeRoleSource(role, sts);
      case Hop.StoredKey _ -> throw new IllegalStateException("a key is the bottom of a chain");
    };
  }

  private static Hop.StoredKey bottom(Chain chain) {
    if (chain.hops().getFirst() instanceof Hop.StoredKey key) {
      return key;
    }
    throw new IllegalStateException("a chain begins with a key");
  }

  private static Outcome noKey(Chain chain, Hop.StoredKey bottom) {
    String whose =
        bottom.name().equals(chain.profile())
            ? "Profile " + chain.profile() + " has no key"
            : "Profile " + chain.profile() + " starts at " + bottom.name() + ", which has no key";
    return new Outcome.Denied(
        Outcome.Reason.PROFILE,
        whose + " in the vault; run `jvault add " + bottom.name() + "` to store one.");
  }
}
