package dev.jvault.profile;

import dev.jvault.digest.Digests;
import dev.jvault.secret.AccessKeyIds;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a profile means: its hops, the bottom first, and the region for the command.
 *
 * @param profile the name that was asked for
 * @param steps at least one; the first is of a {@link Hop.Bottom}
 * @param region the profile's own or inherited region; empty if the caller keeps its own
 * @param tokenInVariable whether the profile's programs get their token as a variable
 * @param notes what may surprise a user, each a sentence, such as which of two sources wins
 */
public record Chain(
    String profile,
    List<TracedHop> steps,
    Optional<String> region,
    boolean tokenInVariable,
    List<String> notes) {
  /** Copies the lists. */
  public Chain {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /** A chain of bare hops. */
  public Chain(String profile, List<? extends Hop> hops, Optional<String> region) {
    this(
        profile,
        hops.stream().map(hop -> new TracedHop(hop, profile, List.of())).toList(),
        region,
        false,
        List.of());
  }

  /** The hops without what they were built from. */
  public List<Hop> hops() {
    return steps.stream().map(TracedHop::hop).toList();
  }

  /**
   * Whose credentials the chain gives: the last role, else what it starts at. An edit that leaves
   * it the same, of a region or a duration, does not change who acts.
   */
  public String leadsTo() {
    return switch (steps.getLast().hop()) {
      case Hop.AssumeRole role -> role.roleArn();
      case Hop _ -> leadsTo(bottom());
    };
  }

  private static String leadsTo(Hop.Bottom bottom) {
    return switch (bottom) {
      case Hop.StoredKey key -> "the key " + key.name();
      case Hop.PlainKey key -> "the key " + AccessKeyIds.shown(key.accessKeyId());
      case Hop.EnvironmentKey _ -> "the keys of the environment";
      // The text of a command may hold a secret, and grants are kept in a file.
      case Hop.CredentialProcess process ->
          "a credential_process (%s)"
              .formatted(HexFormat.of().formatHex(Digests.sha256(process.command()), 0, 4));
      case Hop.WebIdentity identity -> identity.roleArn();
      case Hop.Sso sso -> "the role %s in account %s".formatted(sso.roleName(), sso.accountId());
      case Hop.Login login -> "the login " + login.loginSession();
      case Hop.Ec2InstanceMetadata _ -> "the role of this instance";
      case Hop.EcsContainer _ -> "the role of this container";
    };
  }

  /** What the chain starts at. */
  public Hop.Bottom bottom() {
    return (Hop.Bottom) steps.getFirst().hop();
  }
}
