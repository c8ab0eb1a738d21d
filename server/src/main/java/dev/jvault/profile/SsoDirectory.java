package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the logins to IAM Identity Center that config files name. */
final class SsoDirectory {
  private final ProfileSet profiles;
  private final SsoSessions sessions;
  private final Function<String, Chain> chains;

  /**
   * The logins of some files.
   *
   * @param chains resolves a profile, or throws a {@link JvaultException}
   */
  SsoDirectory(ProfileSet profiles, CallerEnvironment environment, Function<String, Chain> chains) {
    this.profiles = profiles;
    this.sessions = new SsoSessions(new SettingLookup(profiles, environment));
    this.chains = chains;
  }

  /** All that can be read, those of sections first. */
  List<SsoSession> all() {
    Map<String, SsoSession> found = new LinkedHashMap<>();
    profiles
        .ssoSessions()
        .forEach((name, section) -> {
          try {
            found.put(name, sessions.of(name, section));
          } catch (JvaultException _) {
            // Whoever names it is told.
          }
        });
    for (String name : profiles.names()) {
      try {
        ofProfile(name).ifPresent(session -> found.putIfAbsent(session.name(), session));
      } catch (JvaultException _) {
        // A profile that is broken uses none.
      }
    }
    return List.copyOf(found.values());
  }

  /** The one of a section, a start URL, or a profile that uses one. */
  SsoSession find(String name) {
    Section section = profiles.ssoSessions().get(name);
    if (section != null) {
      return sessions.of(name, section);
    }
    List<SsoSession> all = all();
    return all.stream()
        .filter(session -> session.startUrl().toString().equals(name))
        .findFirst()
        .or(() -> profiles.find(name).flatMap(profile -> ofProfile(profile.name())))
        .orElseThrow(() ->
            new JvaultException(
                ExitCode.PROFILE,
                "There is no [sso-session %s], and no profile of that name that uses one%s"
                    .formatted(
                        PrintableText.of(name),
                        NearestNames.question(
                                name,
                                all.stream().map(SsoSession::name).map(PrintableText::of).toList())
                            .orElse("; `jvault sso list` shows what there is."))));
  }

  private Optional<SsoSession> ofProfile(String name) {
    return chains.apply(name).bottom() instanceof Hop.Sso sso
        ? Optional.of(sso.session())
        : Optional.empty();
  }
}
