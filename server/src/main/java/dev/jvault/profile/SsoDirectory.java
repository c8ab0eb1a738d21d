package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import dev.jvault.protocol.PrintableText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the logins to IAM Identity Center that a caller's config files name. For any number of
 * threads.
 *
 * <p>All methods throw {@link JvaultException} with {@link ExitCode#PROFILE} if a file cannot be
 * read.
 */
public final class SsoDirectory {
  private final Profiles profiles;

  /** Finds the logins of these profiles, and of the sections beside them. */
  public SsoDirectory(Profiles profiles) {
    this.profiles = profiles;
  }

  /** All logins that can be read, those of {@code [sso-session]} sections first. */
  public List<SsoSession> all(CallerEnvironment environment) {
    return all(profiles.read(environment), environment);
  }

  /**
   * A login that the config files do not have yet.
   *
   * @param startUrl of the access portal
   * @param region of Identity Center
   * @throws JvaultException if one of them is none
   */
  public SsoSession fresh(
      String name, String startUrl, String region, CallerEnvironment environment) {
    return sessions(profiles.read(environment), environment)
        .fresh(
            name,
            new Setting("The start URL", startUrl, "as given"),
            new Setting("The region", region, "as given"));
  }

  /** The names of all {@code [sso-session]} sections, those that are broken included. */
  public Set<String> sectionNames(CallerEnvironment environment) {
    return Set.copyOf(profiles.read(environment).ssoSessions().keySet());
  }

  /** All profiles of the config and credentials files, in their order. */
  public List<WrittenProfile> profiles(CallerEnvironment environment) {
    ProfileSet files = profiles.read(environment);
    return files.names().stream()
        .flatMap(name -> files.find(name).stream())
        .map(SsoDirectory::written)
        .toList();
  }

  private static WrittenProfile written(Profile profile) {
    return new WrittenProfile(
        profile.name(),
        profile.position().map(Position::toString).orElse("the config files"),
        text(profile, "sso_session"),
        text(profile, "sso_start_url"),
        text(profile, "sso_account_id"),
        text(profile, "sso_role_name"));
  }

  private static Optional<String> text(Profile profile, String key) {
    return profile.setting(key).map(Setting::text);
  }

  private List<SsoSession> all(ProfileSet files, CallerEnvironment environment) {
    var sessions = sessions(files, environment);
    ChainResolver resolver = profiles.withoutKeys(files, environment);
    Map<String, Profile> users = users(files);
    Map<String, SsoSession> found = new LinkedHashMap<>();
    files
        .ssoSessions()
        .forEach((name, section) -> {
          try {
            found.put(name, sessions.of(name, section, Optional.ofNullable(users.get(name))));
          } catch (JvaultException _) {
            // A profile that names this section reports the fault.
          }
        });
    for (String name : files.names()) {
      try {
        ofProfile(name, resolver).ifPresent(session -> found.putIfAbsent(session.name(), session));
      } catch (JvaultException _) {
        // A broken profile uses no login.
      }
    }
    return List.copyOf(found.values());
  }

  /**
   * One login.
   *
   * @param name of an {@code [sso-session]} section, a start URL, or of a profile that uses a login
   * @throws JvaultException if there is no such login, or it is incomplete
   */
  public SsoSession find(String name, CallerEnvironment environment) {
    ProfileSet files = profiles.read(environment);
    Section section = files.ssoSessions().get(name);
    if (section != null) {
      return sessions(files, environment)
          .of(name, section, Optional.ofNullable(users(files).get(name)));
    }
    List<SsoSession> all = all(files, environment);
    return all.stream()
        .filter(session -> session.startUrl().toString().equals(name))
        .findFirst()
        .or(() ->
            files
                .find(name)
                .flatMap(
                    profile -> ofProfile(profile.name(), profiles.withoutKeys(files, environment))))
        .orElseThrow(() ->
            new JvaultException(
                ExitCode.PROFILE,
                "There is no [sso-session %s], and no profile of that name that uses one%s"
                    .formatted(
                        PrintableText.quoted(name),
                        NearestNames.question(
                                name,
                                all.stream()
                                    .map(SsoSession::name)
                                    .map(PrintableText::quoted)
                                    .toList())
                            .orElse("; `jvault sso list` shows what there is."))));
  }

  private static SsoSessions sessions(ProfileSet files, CallerEnvironment environment) {
    return new SsoSessions(new SettingLookup(files, environment));
  }

  /** For each section, the first profile that uses it and names certificates to trust. */
  private static Map<String, Profile> users(ProfileSet files) {
    var users = new HashMap<String, Profile>();
    for (String name : files.names()) {
      files
          .find(name)
          .filter(profile -> profile.setting("ca_bundle").isPresent())
          .ifPresent(profile ->
              profile
                  .setting("sso_session")
                  .ifPresent(session -> users.putIfAbsent(session.text(), profile)));
    }
    return users;
  }

  private static Optional<SsoSession> ofProfile(String name, ChainResolver resolver) {
    return resolver.resolve(name, Optional.empty()).bottom() instanceof Hop.Sso sso
        ? Optional.of(sso.session())
        : Optional.empty();
  }
}
