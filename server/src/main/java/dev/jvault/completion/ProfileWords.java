package dev.jvault.completion;

import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ListedProfile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a few words what a profile is. */
final class ProfileWords {
  private static final Pattern ROLE =
      Pattern.compile("arn:[a-z0-9-]+:iam::(\\d{12}):role/(?:.*/)?([^/]+)");

  private ProfileWords() {}

  /** Such as {@code role Developer in 222222222222 via work}. */
  static String of(ListedProfile profile) {
    if (profile.chain().isEmpty()) {
      return "cannot be used: see jvault explain";
    }
    String source = profile.summary().source().map(name -> " via " + name).orElse("");
    return of(profile.chain().get()) + (profile.summary().roleArn().isPresent() ? source : "");
  }

  private static String of(Chain chain) {
    return switch (chain.steps().getLast().hop()) {
      case Hop.AssumeRole role -> role(role.roleArn());
      case Hop _ -> of(chain.bottom());
    };
  }

  private static String of(Hop.Bottom bottom) {
    return switch (bottom) {
      case Hop.StoredKey _ -> "key";
      case Hop.PlainKey _ -> "key in plain text";
      case Hop.EnvironmentKey _ -> "keys of the environment";
      case Hop.CredentialProcess _ -> "credential_process";
      case Hop.WebIdentity identity -> "web identity, " + role(identity.roleArn());
      case Hop.Sso sso ->
          "SSO %s in %s by %s".formatted(sso.roleName(), sso.accountId(), sso.session().name());
      case Hop.Login _ -> "login of the AWS CLI";
      case Hop.Ec2InstanceMetadata _ -> "role of this instance";
      case Hop.EcsContainer _ -> "role of this container";
    };
  }

  private static String role(String arn) {
    Matcher parts = ROLE.matcher(arn);
    return parts.matches() ? "role " + parts.group(2) + " in " + parts.group(1) : "role " + arn;
  }
}
