package dev.jvault.profile;

import dev.jvault.secret.Secret;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Builds the bottom of a chain from the profile that it belongs to. */
final class BottomBuilder {
  private static final String TOKEN_VARIABLE = "AWS_WEB_IDENTITY_TOKEN_FILE";
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private final SettingLookup lookup;
  private final String userName;
  private final Profile profile;
  private final Profile top;

  /**
   * Reads for a chain.
   *
   * @param top the requested profile: its STS is called, and the variables apply to it
   */
  BottomBuilder(SettingLookup lookup, String userName, Profile profile, Profile top) {
    this.lookup = lookup;
    this.userName = userName;
    this.profile = profile;
    this.top = top;
  }

  /**
   * The hop.
   *
   * @param trade reads what turns a long-lived key into a session if no role is assumed with the
   *     key; used only if the source can give such a key, because its settings may be wrong
   */
  Hop.Bottom hop(SourceChoice choice, Supplier<Optional<Hop.SessionToken>> trade) {
    lookup.remembered(choice.decisive());
    String name = profile.name();
    return switch (choice.kind()) {
      case STORED_KEY -> new Hop.StoredKey(name);
      case PLAIN_KEY -> plainKey();
      case ENVIRONMENT -> new Hop.EnvironmentKey(name, trade.get());
      case PROCESS -> new Hop.CredentialProcess(name, decisive(choice).text(), trade.get());
      case WEB_IDENTITY -> webIdentity(decisive(choice));
      case SSO -> sso();
      case LOGIN -> login(decisive(choice));
      case EC2 -> new Hop.Ec2InstanceMetadata(name);
      case ECS -> new Hop.EcsContainer(name);
      case PROFILE -> throw new IllegalArgumentException("a bottom has no profile below it");
    };
  }

  /**
   * As in botocore, ID, secret and token come from one section; a token in the other file does not
   * count.
   */
  private Hop.PlainKey plainKey() {
    Section section = profile.keySection().orElseThrow();
    Setting id = required(section, "aws_access_key_id", "aws_secret_access_key");
    Setting secret = required(section, "aws_secret_access_key", "aws_access_key_id");
    Optional<Setting> token =
        lookup
            .remembered(section.setting("aws_session_token"))
            .or(() -> lookup.remembered(section.setting("aws_security_token")));
    return new Hop.PlainKey(
        profile.name(),
        content(section, id).reveal(),
        content(section, secret),
        token.map(setting -> content(section, setting)),
        id.where());
  }

  private Setting required(Section section, String key, String beside) {
    return lookup
        .remembered(section.setting(key))
        .orElseThrow(() ->
            section
                .setting(beside)
                .orElseThrow()
                .wrong("needs " + key + " beside it; add it or remove both"));
  }

  private static Secret content(Section section, Setting setting) {
    return section
        .secret(setting.key())
        .orElseThrow(() -> setting.wrong("has no value; give it one"));
  }

  private Hop.WebIdentity webIdentity(Setting token) {
    boolean variable = token.key().equals(TOKEN_VARIABLE);
    // Beside a token in the environment the variable is that token's role, and no other's.
    boolean asked = profile == top && lookup.environment().get(TOKEN_VARIABLE).isEmpty();
    Setting arn =
        Optional.of("AWS_ROLE_ARN")
            .filter(_ -> variable || asked)
            .flatMap(lookup::variable)
            .or(() -> variable ? Optional.empty() : lookup.own(profile, "role_arn"))
            .orElseThrow(() ->
                token.wrong(
                    "needs a role; set "
                        + (variable ? "AWS_ROLE_ARN" : "role_arn")
                        + " beside it"));
    return new Hop.WebIdentity(
        profile.name(),
        RoleBuilder.arn(arn),
        token.key().equals("web_identity_token_process")
            ? new Hop.TokenFrom.TokenProcess(token.text())
            : new Hop.TokenFrom.TokenFile(ConfigFiles.path(token, lookup.environment())),
        new RoleBuilder(lookup, userName, profile, profile == top).sessionName(),
        new SessionLengths(lookup).role(profile, profile == top),
        new ServiceTargets(lookup).sts(top));
  }

  private Hop.Sso sso() {
    Setting account = required("sso_account_id", "sso_role_name");
    if (!ACCOUNT.matcher(account.text()).matches()) {
      throw account.wrong("is not an account of twelve digits; correct it");
    }
    Setting role = required("sso_role_name", "sso_account_id");
    return new Hop.Sso(
        profile.name(), new SsoSessions(lookup).of(profile), account.text(), role.text());
  }

  private Hop.Login login(Setting session) {
    var targets = new ServiceTargets(lookup);
    String region = targets.sts(profile).region();
    return new Hop.Login(profile.name(), session.text(), targets.of("signin", region, profile));
  }

  private Setting required(String key, String beside) {
    return lookup
        .own(profile, key)
        .orElseThrow(() -> {
          Setting near =
              profile
                  .setting(beside)
                  .or(() -> SourceKeys.sso(profile))
                  .or(() -> profile.setting("sso_session"))
                  .orElseThrow(() -> new IllegalStateException("one of the keys was there"));
          return near.wrong("needs " + key + " beside it; add it or remove both");
        });
  }

  private static Setting decisive(SourceChoice choice) {
    return choice
        .decisive()
        .orElseThrow(() -> new IllegalStateException("only a key in the vault needs no setting"));
  }
}
