package dev.jvault.profile;

import dev.jvault.protocol.CallerVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the hops of a chain from its profiles, from the bottom up. */
final class HopBuilder {
  /** What AWS allows the name of a federated user. */
  private static final int LONGEST_FEDERATED_NAME = 32;

  private final ProfileSet profiles;
  private final CallerEnvironment environment;
  private final String userName;

  HopBuilder(ProfileSet profiles, CallerEnvironment environment, String userName) {
    this.profiles = profiles;
    this.environment = environment;
    this.userName = userName;
  }

  /**
   * The hops.
   *
   * @param path the profiles, from that of the bottom up to the requested one
   * @param above a role that no profile names
   */
  List<TracedHop> steps(List<SourceChoice> path, Optional<Setting> above) {
    SourceChoice bottom = path.getFirst();
    Profile top = path.getLast().profile();
    boolean roles =
        above.isPresent() || path.stream().anyMatch(choice -> choice.role().isPresent());
    var devices = new MfaDevices(path.stream().map(SourceChoice::profile).toList());
    TracedHop first = bottom(bottom, top, roles, devices);
    var steps = new ArrayList<TracedHop>(List.of(first));
    boolean spent = first.hop() instanceof Hop.Bottom key && key.isLongLivedKey();
    if (spent && !roles && environment.get(CallerVariables.FEDERATION).isPresent()) {
      steps.add(federation(bottom.profile(), top, SessionLimits.ALL_OF_THE_USER));
    } else if (spent) {
      sessionToken(bottom.profile(), top, roles, devices).ifPresent(steps::add);
    }
    for (SourceChoice choice : path) {
      choice
          .role()
          .ifPresent(arn -> {
            SettingLookup lookup = lookup();
            Profile profile = choice.profile();
            Optional<MfaDevice> mfa =
                spent ? Optional.empty() : devices.of(profile, profile == top, lookup);
            RoleBuilder builder = new RoleBuilder(lookup, userName, profile, profile == top);
            steps.add(
                step(builder.role(arn, top, mfa, steps.size() > 1 || !spent), profile, lookup));
          });
    }
    above.ifPresent(arn -> {
      SettingLookup lookup = lookup();
      RoleBuilder builder = new RoleBuilder(lookup, userName, top, true);
      steps.add(step(builder.above(arn, steps.size() > 1 || !spent), top, lookup));
    });
    return steps;
  }

  private TracedHop bottom(SourceChoice choice, Profile top, boolean roles, MfaDevices devices) {
    SettingLookup lookup = lookup();
    var builder = new BottomBuilder(lookup, userName, choice.profile(), top);
    Hop hop =
        builder.hop(
            choice,
            () ->
                roles
                    ? Optional.empty()
                    : Optional.of(
                        tokenHop(choice.profile(), top, false, devices.nearest(lookup), lookup)));
    return step(hop, choice.profile(), lookup);
  }

  /** A session of the key, if an MFA code is needed or no role follows. */
  private Optional<TracedHop> sessionToken(
      Profile bottom, Profile top, boolean roles, MfaDevices devices) {
    SettingLookup lookup = lookup();
    Optional<MfaDevice> mfa = devices.nearest(lookup);
    // Uses the STS of the bottom's profile. With that of each role, each role would need a session
    // of its own, and so an MFA code.
    return mfa.isPresent() || !roles
        ? Optional.of(step(tokenHop(bottom, top, roles, mfa, lookup), bottom, lookup))
        : Optional.empty();
  }

  /** A federated session of the key. AWS takes neither a session of the key nor an MFA code. */
  private TracedHop federation(Profile bottom, Profile top, SessionLimits limits) {
    SettingLookup lookup = lookup();
    var hop =
        new Hop.FederationToken(
            RoleBuilder.usualName(userName, LONGEST_FEDERATED_NAME),
            limits,
            new SessionLengths(lookup).federationToken(),
            new ServiceTargets(lookup).sts(bottom, top));
    return step(hop, bottom, lookup);
  }

  private static Hop.SessionToken tokenHop(
      Profile bottom, Profile top, boolean roles, Optional<MfaDevice> mfa, SettingLookup lookup) {
    return new Hop.SessionToken(
        mfa,
        new SessionLengths(lookup).sessionToken(roles),
        new ServiceTargets(lookup).sts(bottom, top));
  }

  private static TracedHop step(Hop hop, Profile profile, SettingLookup lookup) {
    return new TracedHop(hop, profile.name(), lookup.found());
  }

  private SettingLookup lookup() {
    return new SettingLookup(profiles, environment);
  }
}
