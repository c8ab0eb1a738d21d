package dev.jvault.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The calls of a chain whose profiles are known, from the key up. */
final class HopBuilder {
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");
  private static final Pattern MFA_SERIAL = Pattern.compile("[A-Za-z0-9_+=/:,.@-]{9,256}");

  private final ProfileSet profiles;
  private final CallerEnvironment environment;
  private final StsTargets targets;
  private final SessionLengths lengths;
  private final String userName;

  HopBuilder(
      ProfileSet profiles, CallerEnvironment environment, StsTargets targets, String userName) {
    this.profiles = profiles;
    this.environment = environment;
    this.targets = targets;
    this.lengths = new SessionLengths(environment);
    this.userName = userName;
  }

  /**
   * The hops.
   *
   * @param path the profiles from the one that names the key up to the one asked for
   */
  List<Hop> hops(List<Profile> path) {
    Profile bottom = path.getFirst();
    var hops = new ArrayList<Hop>(List.of(new Hop.StoredKey(bottom.name())));
    boolean roles = path.stream().anyMatch(profile -> SourceKeys.role(profile).isPresent());
    Optional<MfaDevice> mfa = mfa(path);
    if (mfa.isPresent() || !roles) {
      // The bottom's own STS: what its roles say would give each of them a session of its own,
      // and so ask for a code each.
      hops.add(new Hop.SessionToken(mfa, lengths.sessionToken(roles), targets.of(bottom)));
    }
    for (Profile profile : path) {
      SourceKeys.role(profile)
          .ifPresent(arn -> hops.add(role(profile, arn, path.getLast(), hops.size() > 1)));
    }
    return hops;
  }

  /** The hop to a role that no profile names, above all hops of a profile. */
  Hop above(Profile top, String role, boolean chained) {
    return new Hop.AssumeRole(
        top.name(),
        role,
        sessionName(top, true),
        Optional.empty(),
        length(top, chained),
        targets.of(top));
  }

  private Hop role(Profile profile, Setting arn, Profile top, boolean chained) {
    return new Hop.AssumeRole(
        profile.name(),
        checked(arn, RoleArn.PATTERN, "is not a role such as arn:aws:iam::123456789012:role/NAME"),
        sessionName(profile, profile == top),
        profile
            .setting("external_id")
            .map(id -> checked(id, EXTERNAL_ID, "is not 2 to 1224 of letters, digits, _+=,.@:/-")),
        length(profile, chained),
        targets.of(top));
  }

  private Duration length(Profile profile, boolean chained) {
    Duration wanted = lengths.role(profiles.inherited(profile, "duration_seconds"));
    Duration longest = SessionLengths.LONGEST_CHAINED_ROLE;
    return chained && wanted.compareTo(longest) > 0 ? longest : wanted;
  }

  /** The device nearest to the key: it is the key's user who has to have it. */
  private Optional<MfaDevice> mfa(List<Profile> path) {
    Optional<String> anyProcess =
        path.stream()
            .flatMap(profile -> profile.setting("mfa_process").stream())
            .map(Setting::text)
            .findFirst();
    Optional<MfaDevice> named =
        environment
            .get("AWS_MFA_SERIAL")
            .map(serial -> device(Setting.variable("AWS_MFA_SERIAL", serial), anyProcess));
    return named.or(
        () -> path.stream().flatMap(profile -> device(profile, anyProcess).stream()).findFirst());
  }

  private static Optional<MfaDevice> device(Profile profile, Optional<String> anyProcess) {
    Optional<String> own = profile.setting("mfa_process").map(Setting::text);
    return profile.setting("mfa_serial").map(serial -> device(serial, own.or(() -> anyProcess)));
  }

  private static MfaDevice device(Setting serial, Optional<String> process) {
    return new MfaDevice(
        checked(serial, MFA_SERIAL, "is not the ARN or serial number of an MFA device"), process);
  }

  /** The variable is meant for the role that was asked for, as in aws-vault. */
  private String sessionName(Profile profile, boolean top) {
    return environment
        .get("AWS_ROLE_SESSION_NAME")
        .filter(_ -> top)
        .map(name -> Setting.variable("AWS_ROLE_SESSION_NAME", name))
        .or(() -> profile.setting("role_session_name"))
        .map(name -> checked(name, SESSION_NAME, "is not 2 to 64 of letters, digits, _+=,.@-"))
        .orElseGet(this::usualSessionName);
  }

  private String usualSessionName() {
    String user = userName.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
    return "jvault-" + user.substring(0, Math.min(user.length(), 57));
  }

  private static String checked(Setting setting, Pattern valid, String fault) {
    if (!valid.matcher(setting.text()).matches()) {
      throw setting.wrong(fault + "; correct it");
    }
    return setting.text();
  }
}
