package dev.jvault.profile;

import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Summarises each profile for a list. */
final class ProfileSummaries {
  private static final CallerEnvironment NO_VARIABLES = CallerEnvironment.of(Map.of());

  private final ProfileSet profiles;

  ProfileSummaries(ProfileSet profiles) {
    this.profiles = profiles;
  }

  /**
   * All profiles, in the order of the files.
   *
   * @param problem why the profile of a name cannot be used
   */
  List<ProfileSummary> all(Function<String, Optional<String>> problem) {
    return profiles.names().stream()
        .flatMap(name ->
            profiles.find(name).stream().flatMap(profile -> summary(profile, problem.apply(name))))
        .toList();
  }

  private Stream<ProfileSummary> summary(Profile profile, Optional<String> problem) {
    return profile.position().stream()
        .map(position ->
            new ProfileSummary(
                profile.name(),
                kind(profile, problem.isPresent()),
                SourceKeys.source(profile).map(Setting::text),
                profile.setting("role_arn").map(Setting::text),
                profiles.inherited(profile, "region").map(Setting::text),
                profile.setting("mfa_serial").map(Setting::text),
                position,
                problem));
  }

  /** The kind of the profile in one word, for a table. */
  private static String kind(Profile profile, boolean broken) {
    try {
      profile.requireReadable();
    } catch (JvaultException _) {
      return "broken";
    }
    if (SourceKeys.role(profile).isPresent()) {
      return "role";
    }
    try {
      return switch (new SourceChooser(NO_VARIABLES, StoredKeys.none())
          .choose(profile, true)
          .kind()) {
        case STORED_KEY, PLAIN_KEY, PROFILE -> "key";
        case WEB_IDENTITY -> "web-identity";
        case SSO -> "sso";
        case LOGIN -> "login";
        case PROCESS -> "process";
        case ENVIRONMENT -> "environment";
        case EC2 -> "ec2";
        case ECS -> "ecs";
      };
    } catch (JvaultException _) {
      // Without a source in the files, the profile may still have a key in the vault.
      return broken ? "broken" : "key";
    }
  }
}
