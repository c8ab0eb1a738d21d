package dev.jvault.profile;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a profile's role is asked for with. */
final class RoleBuilder {
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");

  private final SettingLookup lookup;
  private final String userName;
  private final Profile profile;
  private final boolean top;

  /**
   * Reads a role's settings.
   *
   * @param top whether it is the requested profile's role: the variables apply to that one only, as
   *     in aws-vault
   */
  RoleBuilder(SettingLookup lookup, String userName, Profile profile, boolean top) {
    this.lookup = lookup;
    this.userName = userName;
    this.profile = profile;
    this.top = top;
  }

  /**
   * The hop to the profile's role.
   *
   * @param top the profile that was asked for, whose region all roles are taken in
   * @param mfa the device whose code the call itself takes
   * @param chained whether it is assumed with anything but the long-lived key
   */
  Hop.AssumeRole role(Setting arn, Profile top, Optional<MfaDevice> mfa, boolean chained) {
    var _ = lookup.remembered(Optional.of(arn));
    return hop(arn, top, options(), mfa, chained);
  }

  /** The hop to a role that no profile names, above all hops of the profile. */
  Hop.AssumeRole above(Setting arn, boolean chained) {
    var _ = lookup.remembered(Optional.of(arn));
    return hop(arn, profile, tagged(Optional.empty()), Optional.empty(), chained);
  }

  /** The name of a role session. */
  String sessionName() {
    return (top ? lookup.variable("AWS_ROLE_SESSION_NAME") : Optional.<Setting>empty())
        .or(() -> lookup.own(profile, "role_session_name"))
        .map(name -> checked(name, SESSION_NAME, "is not 2 to 64 of letters, digits, _+=,.@-"))
        .orElseGet(this::usualSessionName);
  }

  /** The ARN of a role. */
  static String arn(Setting setting) {
    return checked(
        setting, RoleArn.PATTERN, "is not a role such as arn:aws:iam::123456789012:role/NAME");
  }

  private Hop.AssumeRole hop(
      Setting arn, Profile target, RoleOptions options, Optional<MfaDevice> mfa, boolean chained) {
    String role = arn(arn);
    Duration wanted = new SessionLengths(lookup).role(profile, top);
    Duration longest = SessionLengths.LONGEST_CHAINED_ROLE;
    Duration duration = chained && wanted.compareTo(longest) > 0 ? longest : wanted;
    return new Hop.AssumeRole(
        profile.name(),
        role,
        sessionName(),
        options,
        mfa,
        duration,
        wanted,
        new ServiceTargets(lookup).sts(target));
  }

  private RoleOptions options() {
    return tagged(
        lookup
            .own(profile, "external_id")
            .map(id -> checked(id, EXTERNAL_ID, "is not 2 to 1224 of letters, digits, _+=,.@:/-")));
  }

  private RoleOptions tagged(Optional<String> externalId) {
    return new RoleOptions(
        externalId,
        value("AWS_SOURCE_IDENTITY", "source_identity")
            .map(id -> checked(id, SESSION_NAME, "is not 2 to 64 of letters, digits, _+=,.@-")),
        SessionTags.tags(value("AWS_SESSION_TAGS", "session_tags")),
        SessionTags.keys(value("AWS_TRANSITIVE_TAGS", "transitive_session_tags")));
  }

  private Optional<Setting> value(String variable, String key) {
    return (top ? lookup.variable(variable) : Optional.<Setting>empty())
        .or(() -> lookup.own(profile, key));
  }

  private String usualSessionName() {
    return usualName(userName, 64);
  }

  /** A name for a session that tells the trail whose it is. */
  static String usualName(String userName, int longest) {
    String name = "jvault-" + userName.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
    return name.substring(0, Math.min(name.length(), longest));
  }

  private static String checked(Setting setting, Pattern valid, String fault) {
    if (!valid.matcher(setting.text()).matches()) {
      throw setting.wrong(fault + "; correct it");
    }
    return setting.text();
  }
}
