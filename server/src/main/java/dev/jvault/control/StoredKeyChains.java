package dev.jvault.control;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.session.Sessions;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the stored key that a profile's chain starts at, and the session of it that has MFA. */
final class StoredKeyChains {
  private final Profiles profiles;
  private final Sessions sessions;

  StoredKeyChains(Profiles profiles, Sessions sessions) {
    this.profiles = profiles;
    this.sessions = sessions;
  }

  Sessions sessions() {
    return sessions;
  }

  /**
   * The name of the key at the bottom of a profile.
   *
   * @param held whether the vault has a key of the profile's own name, which it may not use
   * @throws JvaultException if the profile starts at something else
   */
  String keyOf(String profile, boolean held, CallerEnvironment environment) {
    if (held) {
      return profile;
    }
    Hop.Bottom bottom = profiles.resolve(profile, environment).bottom();
    return switch (bottom) {
      case Hop.StoredKey(String name) -> name;
      case Hop.PlainKey plain ->
          throw notStored(
              profile,
              "its key is in plain text (%s); move it into the vault with `jvault import`, then rotate it"
                  .formatted(plain.where()));
      case Hop.Sso _ ->
          throw notStored(profile, "it starts at IAM Identity Center, which renews by itself");
      case Hop.CredentialProcess _ ->
          throw notStored(profile, "its credentials come from a credential_process; rotate there");
      case Hop.EnvironmentKey _ ->
          throw notStored(profile, "it starts at the keys of the environment");
      case Hop.WebIdentity _, Hop.Login _, Hop.Ec2InstanceMetadata _, Hop.EcsContainer _ ->
          throw notStored(profile, "it starts at no long-lived key");
    };
  }

  /** The chain of a key's session with MFA; empty if no profile names a device for it. */
  Optional<Chain> withMfa(String profile, String key, CallerEnvironment environment) {
    return Stream.of(profile, key)
        .distinct()
        .flatMap(name -> chain(name, environment).stream())
        .filter(chain -> startsWithMfa(chain, key))
        .findFirst()
        .map(chain ->
            new Chain(
                chain.profile(),
                chain.steps().subList(0, 2),
                chain.region(),
                chain.tokenInVariable(),
                chain.notes()));
  }

  /** The chain of a key alone. */
  Chain ofKey(String key, CallerEnvironment environment) {
    return chain(key, environment)
        .filter(chain -> chain.bottom().equals(new Hop.StoredKey(key)))
        .orElseGet(() -> profiles.assuming(key::equals).resolve(key, environment));
  }

  private Optional<Chain> chain(String name, CallerEnvironment environment) {
    try {
      return Optional.of(profiles.resolve(name, environment));
    } catch (JvaultException _) {
      // The key can be rotated all the same.
      return Optional.empty();
    }
  }

  private static boolean startsWithMfa(Chain chain, String key) {
    return chain.bottom().equals(new Hop.StoredKey(key))
        && chain.hops().size() > 1
        && chain.hops().get(1) instanceof Hop.SessionToken token
        && token.mfa().isPresent();
  }

  private static JvaultException notStored(String profile, String why) {
    return new JvaultException(
        ExitCode.PROFILE,
        "Profile %s has no key in the vault to rotate: %s.".formatted(profile, why));
  }
}
