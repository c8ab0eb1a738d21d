package dev.jvault.setup;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;

/** Chooses the profile of a target that can have only one. */
final class OneProfile {
  private OneProfile() {}

  /** The only one of the profiles. */
  static String of(List<String> profiles, SetupTarget.Description target) {
    if (profiles.size() == 1) {
      return profiles.getFirst();
    }
    throw new JvaultException(
        ExitCode.USAGE,
        "%s: say which, as in `jvault setup %s NAME`."
            .formatted(
                profiles.isEmpty()
                    ? "No profile is served"
                    : "Several profiles are served (" + String.join(", ", profiles) + ")",
                target.id()));
  }
}
