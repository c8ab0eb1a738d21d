package dev.jvault.credential;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.secret.AccessKey;
import dev.jvault.vault.Unlock;
import dev.jvault.vault.Vault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;

/** Puts the sources of a profile's chain together, its key taken from the vault. */
public final class Sources {
  private final Vault vault;
  private final Sts sts;
  private final SsoRoles sso;
  private final MfaCodes codes;
  private final InstantSource clock;

  /** Sources that share a vault, AWS's services and the codes that persons give. */
  public Sources(Vault vault, Sts sts, SsoRoles sso, MfaCodes codes, InstantSource clock) {
    this.vault = vault;
    this.sts = sts;
    this.sso = sso;
    this.codes = codes;
    this.clock = clock;
  }

  /**
   * Finds the key, and opens the vault if need be.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened for another reason
   *     than a missing passphrase
   */
  public Assembly assemble(Chain chain, CallerEnvironment environment) {
    return switch (chain.bottom()) {
      case Hop.StoredKey stored -> stored(chain, stored, environment);
      case Hop.PlainKey plain when plain.sessionToken().isEmpty() ->
          ready(
              chain,
              plain.profile(),
              Optional.of(new AccessKey(plain.accessKeyId(), plain.secretAccessKey())),
              environment);
      case Hop.EnvironmentKey _,
          Hop.CredentialProcess _,
          Hop.Login _,
          Hop.Ec2InstanceMetadata _,
          Hop.EcsContainer _ ->
          new Assembly.Blocked(
              new Outcome.Denied(
                  Outcome.Reason.PROFILE,
                  "Profile "
                      + chain.profile()
                      + " starts at a source that jvault does not read; give it a key."));
      case Hop.Bottom bottom -> ready(chain, profile(bottom), Optional.empty(), environment);
      case Hop.SessionToken _, Hop.AssumeRole _ ->
          throw new IllegalStateException("a chain starts at its bottom");
    };
  }

  private Assembly stored(Chain chain, Hop.StoredKey bottom, CallerEnvironment environment) {
    if (!vault.exists()) {
      return new Assembly.Blocked(noKey(chain, bottom));
    }
    if (!vault.unlocked() && vault.unlock(Optional.empty(), environment.helper()) != Unlock.OPEN) {
      return new Assembly.Blocked(
          new Outcome.NeedsPerson(
              vault.shut() ? new PersonNeed.Unlocking() : new PersonNeed.Passphrase()));
    }
    Optional<AccessKey> key = vault.keys().find(bottom.name());
    return key.isEmpty()
        ? new Assembly.Blocked(noKey(chain, bottom))
        : ready(chain, bottom.name(), key, environment);
  }

  private Assembly ready(
      Chain chain, String keyName, Optional<AccessKey> key, CallerEnvironment environment) {
    var sources = new ArrayList<CredentialSource>();
    for (Hop hop : chain.hops().subList(key.isPresent() ? 1 : 0, chain.hops().size())) {
      sources.add(source(hop, environment));
    }
    return new Assembly.Ready(new SourceChain(chain.profile(), keyName, key, sources));
  }

  private CredentialSource source(Hop hop, CallerEnvironment environment) {
    var deviceCodes = new DeviceCodes(codes, environment.helper());
    return switch (hop) {
      case Hop.SessionToken token -> new SessionTokenSource(token, sts, deviceCodes);
      case Hop.AssumeRole role -> new AssumeRoleSource(role, sts, deviceCodes);
      case Hop.PlainKey plain -> new PlainSource(plain, plain.sessionToken().orElseThrow(), clock);
      case Hop.WebIdentity identity -> new WebIdentitySource(identity, sts, environment.helper());
      case Hop.Sso role -> new SsoSource(role, sso);
      case Hop.StoredKey _ -> throw new IllegalStateException("a key is no source");
      case Hop.EnvironmentKey _,
          Hop.CredentialProcess _,
          Hop.Login _,
          Hop.Ec2InstanceMetadata _,
          Hop.EcsContainer _ ->
          throw new IllegalStateException("no source yet");
    };
  }

  private static String profile(Hop.Bottom bottom) {
    return switch (bottom) {
      case Hop.StoredKey key -> key.name();
      case Hop.PlainKey key -> key.profile();
      case Hop.EnvironmentKey key -> key.profile();
      case Hop.CredentialProcess process -> process.profile();
      case Hop.WebIdentity identity -> identity.profile();
      case Hop.Sso sso -> sso.profile();
      case Hop.Login login -> login.profile();
      case Hop.Ec2InstanceMetadata ec2 -> ec2.profile();
      case Hop.EcsContainer ecs -> ecs.profile();
    };
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
