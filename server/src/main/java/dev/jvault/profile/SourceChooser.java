package dev.jvault.profile;

import dev.jvault.profile.SourceChoice.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses among the sources that a profile names, in botocore's order: a role with its source, web
 * identity, IAM Identity Center, a key in the credentials file, {@code login_session}, {@code
 * credential_process}, a key in the config file. As in aws-vault, a key of the profile's name in
 * the vault comes before all of them but a role, and {@code source_profile} without a role comes
 * last.
 */
final class SourceChooser {
  private static final Map<String, Kind> CREDENTIAL_SOURCES =
      Map.of(
          "environment",
          Kind.ENVIRONMENT,
          "ec2instancemetadata",
          Kind.EC2,
          "ecscontainer",
          Kind.ECS);

  private final CallerEnvironment environment;
  private final StoredKeys storedKeys;

  SourceChooser(CallerEnvironment environment, StoredKeys storedKeys) {
    this.environment = environment;
    this.storedKeys = storedKeys;
  }

  /**
   * The choice.
   *
   * @param top whether the profile is the requested one, and not another's source
   */
  SourceChoice choose(Profile profile, boolean top) {
    profile.requireReadable();
    Optional<Setting> role = SourceKeys.role(profile);
    Optional<Setting> plain = profile.firstOf(SourceKeys.KEY_PAIR);
    // As in botocore, a source with a key of its own is that key, whatever role it has.
    return role.isPresent() && (top || plain.isEmpty())
        ? withRole(profile, role.get())
        : withoutRole(profile, top);
  }

  private SourceChoice withRole(Profile profile, Setting role) {
    Optional<Setting> source = SourceKeys.source(profile);
    Optional<Setting> named = profile.setting("credential_source");
    if (source.isPresent() && named.isPresent()) {
      throw named.get().wrong("contradicts source_profile in the same profile; remove one of them");
    }
    Optional<Setting> plain = profile.firstOf(SourceKeys.KEY_PAIR);
    if (source.isPresent()) {
      return choice(profile, Kind.PROFILE, source, Optional.of(role));
    }
    if (named.isPresent()) {
      return choice(profile, kind(named.get()), named, Optional.of(role));
    }
    if (storedKeys.mayContain(profile.name())) {
      return choice(profile, Kind.STORED_KEY, Optional.empty(), Optional.of(role));
    }
    if (plain.isPresent()) {
      return choice(profile, Kind.PLAIN_KEY, plain, Optional.of(role));
    }
    Optional<Setting> other = SourceKeys.all(profile).stream().findFirst();
    if (other.isPresent()) {
      throw other
          .get()
          .wrong(
              "cannot be the source of a role, nor can it in the AWS CLI; give it a profile of its own and"
                  + " name that in source_profile");
    }
    // The profile is the name of a key that is not stored yet.
    KnownKeys.refuseSlip(profile);
    return choice(profile, Kind.STORED_KEY, Optional.empty(), Optional.of(role));
  }

  private SourceChoice withoutRole(Profile profile, boolean top) {
    if (storedKeys.mayContain(profile.name())) {
      return choice(profile, Kind.STORED_KEY, Optional.empty(), Optional.empty());
    }
    Map<Kind, Setting> present = present(profile);
    for (var entry : present.entrySet()) {
      return choice(profile, entry.getKey(), Optional.of(entry.getValue()), Optional.empty());
    }
    Optional<Setting> token =
        environment
            .get("AWS_WEB_IDENTITY_TOKEN_FILE")
            .filter(_ -> top)
            .map(file -> Setting.variable("AWS_WEB_IDENTITY_TOKEN_FILE", file));
    if (token.isEmpty()) {
      KnownKeys.refuseSlip(profile);
    }
    return choice(
        profile, token.isPresent() ? Kind.WEB_IDENTITY : Kind.STORED_KEY, token, Optional.empty());
  }

  private static Map<Kind, Setting> present(Profile profile) {
    var present = new LinkedHashMap<Kind, Setting>();
    SourceKeys.webIdentity(profile).ifPresent(s -> present.put(Kind.WEB_IDENTITY, s));
    profile.firstOf(SourceKeys.SSO).ifPresent(s -> present.put(Kind.SSO, s));
    Optional<Setting> plain = profile.firstOf(SourceKeys.KEY_PAIR);
    plain.filter(profile::inCredentialsFile).ifPresent(s -> present.put(Kind.PLAIN_KEY, s));
    profile.setting("login_session").ifPresent(s -> present.put(Kind.LOGIN, s));
    profile.setting("credential_process").ifPresent(s -> present.put(Kind.PROCESS, s));
    plain.ifPresent(s -> present.putIfAbsent(Kind.PLAIN_KEY, s));
    profile.setting("credential_source").ifPresent(s -> present.put(kind(s), s));
    SourceKeys.source(profile).ifPresent(s -> present.put(Kind.PROFILE, s));
    profile.firstOf(SourceKeys.SSO_LOGIN).ifPresent(s -> present.putIfAbsent(Kind.SSO, s));
    return present;
  }

  private static SourceChoice choice(
      Profile profile, Kind kind, Optional<Setting> decisive, Optional<Setting> role) {
    String winner = decisive.map(setting -> family(setting.key())).orElse("");
    List<Setting> overruled =
        SourceKeys.all(profile).stream()
            .filter(setting -> !family(setting.key()).equals(winner))
            .toList();
    return new SourceChoice(profile, kind, decisive, role, overruled);
  }

  /** Keys that together name one source. */
  private static String family(String key) {
    if (SourceKeys.PLAIN.contains(key)) {
      return "plain";
    }
    return Stream.of("sso_", "web_identity_").filter(key::startsWith).findFirst().orElse(key);
  }

  private static Kind kind(Setting setting) {
    Kind kind = CREDENTIAL_SOURCES.get(setting.text().toLowerCase(Locale.ROOT));
    if (kind == null) {
      throw setting.wrong("is none of Environment, Ec2InstanceMetadata, EcsContainer; correct it");
    }
    return kind;
  }
}
