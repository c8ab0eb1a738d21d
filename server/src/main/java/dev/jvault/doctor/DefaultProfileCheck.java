package dev.jvault.doctor;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Hop;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.JvaultException;
import java.util.List;

/** Credential keys of {@code [default]}, which win over the endpoint in every SDK. */
final class DefaultProfileCheck implements Check {
  private final ConfigReader reader;
  private final Profiles profiles;

  DefaultProfileCheck(ConfigReader reader, Profiles profiles) {
    this.reader = reader;
    this.profiles = profiles;
  }

  @Override
  public String id() {
    return "default-profile";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    return reader
        .filtered(caller.environment())
        .removedKeys()
        .map(removed -> List.of(found(removed.keys(), caller.environment())))
        .orElseGet(() ->
            List.of(Finding.ok("[default] has no credentials that would win over jvault's.")));
  }

  private Finding found(List<String> keys, CallerEnvironment environment) {
    if (keys.size() == 1
        && keys.getFirst().startsWith("credential_process")
        && asksUs(environment)) {
      return Finding.ok("[default] gets its credentials from jvault.");
    }
    return Finding.note(
        "[default] has " + String.join(", ", keys) + ".",
        "Programs that `jvault exec` does not start take those before they ask jvault's endpoint.",
        "");
  }

  private boolean asksUs(CallerEnvironment environment) {
    try {
      return profiles.resolve("default", environment).bottom()
              instanceof Hop.CredentialProcess process
          && process.command().contains("jvault");
    } catch (JvaultException _) {
      return false;
    }
  }
}
