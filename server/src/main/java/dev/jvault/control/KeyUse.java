package dev.jvault.control;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.Setting;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which profiles use a stored key, and what the user may not expect of it. */
final class KeyUse {
  private static final Set<String> BEFORE_THE_KEY = Set.of("source_profile", "credential_source");

  private final Profiles profiles;

  KeyUse(Profiles profiles) {
    this.profiles = profiles;
  }

  /**
   * The lines about a key that is in the vault now.
   *
   * @param configured whether the config files have a profile of the key's name
   */
  List<String> lines(String name, boolean configured, CallerEnvironment environment) {
    List<String> users = new ArrayList<>(profiles.dependingOn(name, environment));
    List<String> lines = new ArrayList<>();
    if (!configured && !users.contains(name)) {
      users.addFirst(name);
    }
    if (!users.contains(name)) {
      lines.add(hidden(name, environment));
    }
    if (!users.isEmpty()) {
      lines.add("Profiles that use it: " + String.join(", ", users) + ".");
    }
    if (users.contains(name) && sessionsLackMfa(name, environment)) {
      lines.add(
          "Note: %s has no mfa_serial, so its sessions cannot call IAM, nor what a policy allows with MFA only; if the user has an MFA device, set mfa_serial in %s."
              .formatted(name, "[" + header(name) + "]"));
    }
    return lines;
  }

  /** A profile's section header, without the brackets. */
  static String header(String name) {
    return name.equals("default") ? name : "profile " + name;
  }

  private String hidden(String name, CallerEnvironment environment) {
    try {
      Chain chain = profiles.assuming(name::equals).resolve(name, environment);
      String instead =
          chain.bottom() instanceof Hop.StoredKey(String other)
              ? "starts at the key of " + other
              : "has another source";
      return "Note: profile %s does not use this key; it %s%s."
          .formatted(name, instead, because(name, environment));
    } catch (JvaultException e) {
      return "Note: profile " + name + " cannot use the key yet: " + e.sentence();
    }
  }

  /** The settings that come before a key in the vault, with their places. */
  private String because(String name, CallerEnvironment environment) {
    String settings =
        profiles.readings(name, environment).stream()
            .limit(1)
            .flatMap(reading -> reading.settings().stream())
            .filter(setting -> BEFORE_THE_KEY.contains(setting.key()))
            .map(Setting::toString)
            .collect(Collectors.joining(", "));
    return settings.isEmpty() ? "" : ": " + settings;
  }

  /** AWS lets a session of GetSessionToken call IAM only if it was made with an MFA code. */
  private boolean sessionsLackMfa(String name, CallerEnvironment environment) {
    try {
      return profiles.assuming(name::equals).resolve(name, environment).hops().getLast()
              instanceof Hop.SessionToken session
          && session.mfa().isEmpty();
    } catch (JvaultException _) {
      return false;
    }
  }
}
