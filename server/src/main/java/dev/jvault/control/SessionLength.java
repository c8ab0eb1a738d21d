package dev.jvault.control;

import dev.jvault.profile.Chain;
import dev.jvault.profile.Durations;
import dev.jvault.profile.Hop;
import java.util.Optional;

/** Whether a command's session is as long as {@code exec --duration} asks for. */
final class SessionLength {
  private SessionLength() {}

  /**
   * What decides about the length in place of the option, as a sentence; empty if the option
   * decides, or was not given.
   *
   * @throws dev.jvault.protocol.JvaultException if the option is no length at all
   */
  static Optional<String> notice(Chain chain, Call call) {
    Optional<String> option = call.value("duration");
    option.ifPresent(Durations::checkOption);
    return option.flatMap(_ -> decidedElsewhere(chain, call)).map("Note: "::concat);
  }

  private static Optional<String> decidedElsewhere(Chain chain, Call call) {
    return switch (chain.steps().getLast().hop()) {
      case Hop.AssumeRole role -> cut(role, chain, call);
      case Hop.SessionToken _, Hop.FederationToken _, Hop.WebIdentity _ -> Optional.empty();
      case Hop.Bottom bottom ->
          decider(bottom)
              .map(decider ->
                  "--duration has no effect on the profile %s: %s decides how long its credentials last."
                      .formatted(chain.profile(), decider));
    };
  }

  private static Optional<String> cut(Hop.AssumeRole role, Chain chain, Call call) {
    boolean fixed = call.flag("env") || call.flag("no-session");
    return role.isShortened() && !(fixed && DirectCredentials.lastsLonger(chain))
        ? Optional.of(
            "This session lasts %s and not %s: AWS allows no more to a role that another session signs for."
                .formatted(Durations.text(role.duration()), Durations.text(role.wanted())))
        : Optional.empty();
  }

  /** Empty for what may turn out to be a key, whose session has the length of the option. */
  private static Optional<String> decider(Hop.Bottom bottom) {
    return switch (bottom) {
      case Hop.Sso sso ->
          Optional.of("the permission set %s of IAM Identity Center".formatted(sso.roleName()));
      case Hop.Login _ -> Optional.of("`aws login`");
      case Hop.Ec2InstanceMetadata _ -> Optional.of("the instance");
      case Hop.EcsContainer _ -> Optional.of("the container");
      case Hop.PlainKey key -> key.sessionToken().map(_ -> "the file that holds them");
      case Hop.CredentialProcess _, Hop.EnvironmentKey _, Hop.StoredKey _, Hop.WebIdentity _ ->
          Optional.empty();
    };
  }
}
