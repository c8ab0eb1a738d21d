package dev.jvault.profile;

import dev.jvault.profile.SourceChoice.Kind;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Follows profiles down to the source of their credentials, and lists the calls that lead back up.
 * Keeps what the profiles have in common, so use one resolver for a list; for one thread only.
 */
final class ChainResolver {
  /** More profiles than any real chain has; AWS's own limits make longer ones useless. */
  static final int LONGEST = 16;

  private final ProfileSet profiles;
  private final CallerEnvironment environment;
  private final StoredKeys storedKeys;
  private final SourceChooser chooser;
  private final HopBuilder hops;

  /** What was chosen for profiles below the requested one, which is the same for all above. */
  private final Map<String, SourceChoice> below = new HashMap<>();

  ChainResolver(
      ProfileSet profiles, CallerEnvironment environment, StoredKeys storedKeys, String userName) {
    this.profiles = profiles;
    this.environment = environment;
    this.storedKeys = storedKeys;
    this.chooser = new SourceChooser(environment, storedKeys);
    this.hops = new HopBuilder(profiles, environment, userName);
  }

  /** The chain of a profile, with a role above it if one is given. */
  Chain resolve(String name, Optional<String> role) {
    List<SourceChoice> path = path(name);
    Profile top = path.getLast().profile();
    Optional<Setting> above = role.map(arn -> new Setting("the role", arn, "of the request"));
    List<TracedHop> steps = hops.steps(path, above);
    List<String> notes =
        Stream.concat(
                path.reversed().stream().flatMap(choice -> choice.notes().stream()),
                longer(steps).stream())
            .toList();
    var targets = new ServiceTargets(new SettingLookup(profiles, environment));
    return new Chain(name, steps, targets.region(top), targets.tokenInVariable(top), notes);
  }

  /** The profiles from the bottom up to the one asked for. */
  private List<SourceChoice> path(String name) {
    var seen = new LinkedHashMap<String, SourceChoice>();
    Profile profile =
        find(name)
            .orElseThrow(() ->
                new JvaultException(ExitCode.PROFILE, "There is " + profiles.explainMissing(name)));
    while (true) {
      SourceChoice choice = choice(profile, seen.isEmpty());
      seen.put(profile.name(), choice);
      if (choice.kind() != Kind.PROFILE) {
        return new ArrayList<>(seen.values()).reversed();
      }
      Setting source = choice.decisive().orElseThrow();
      if (seen.containsKey(source.text())) {
        throw loop(seen.keySet().stream().toList(), source);
      }
      if (seen.size() == LONGEST) {
        throw tooLong(name, source);
      }
      profile = find(source.text()).orElseThrow(() -> missing(source));
    }
  }

  private SourceChoice choice(Profile profile, boolean top) {
    if (top) {
      return withVariable(chooser.choose(profile, true));
    }
    SourceChoice known = below.get(profile.name());
    if (known == null) {
      known = chooser.choose(profile, false);
      below.put(profile.name(), known);
    }
    return known;
  }

  /**
   * As in aws-vault, AWS_ROLE_ARN replaces the role of the requested profile, or gives it one; but
   * not that of a web identity, which is a role itself.
   */
  private SourceChoice withVariable(SourceChoice choice) {
    Optional<Setting> variable =
        choice.kind() == Kind.WEB_IDENTITY ? Optional.empty() : roleVariable();
    return variable.map(choice::withRole).orElse(choice);
  }

  /** With AWS_WEB_IDENTITY_TOKEN_FILE set, AWS_ROLE_ARN belongs to that token. */
  private Optional<Setting> roleVariable() {
    return environment.get("AWS_WEB_IDENTITY_TOKEN_FILE").isPresent()
        ? Optional.empty()
        : environment.get("AWS_ROLE_ARN").map(arn -> Setting.variable("AWS_ROLE_ARN", arn));
  }

  private Optional<Profile> find(String name) {
    Optional<Profile> profile = profiles.find(name);
    return profile.isEmpty() && storedKeys.mayContain(name)
        ? Optional.of(Profile.ofKey(name))
        : profile;
  }

  /**
   * A note about the first role above a key if its configured lifetime is longer than a session
   * allows.
   */
  private static Optional<String> longer(List<TracedHop> steps) {
    return steps.stream()
        .flatMap(step -> Stream.of(step.hop()))
        .filter(hop -> !(hop instanceof Hop.SessionToken || hop instanceof Hop.FederationToken))
        .skip(1)
        .limit(1)
        .filter(Hop.AssumeRole.class::isInstance)
        .map(Hop.AssumeRole.class::cast)
        .filter(role ->
            steps.getFirst().hop() instanceof Hop.Bottom key
                && key.isLongLivedKey()
                && role.isShortened())
        .map(role ->
            ("%s is to last %s, but with a session as its signer AWS allows one hour: the endpoint"
                    + " gives that and refreshes it, while --env and --no-session take the role"
                    + " straight from the key, for the whole time.")
                .formatted(role.roleArn(), Durations.text(role.wanted())))
        .findFirst();
  }

  private static JvaultException tooLong(String name, Setting source) {
    return source.wrong(
        "makes the chain of profile %s longer than %d profiles, the most that jvault follows;"
                .formatted(PrintableText.quoted(name), LONGEST)
            + " shorten the chain");
  }

  private static JvaultException loop(List<String> names, Setting source) {
    var round = new ArrayList<>(names.subList(names.indexOf(source.text()), names.size()));
    round.add(source.text());
    String shown = String.join(" → ", round.stream().map(PrintableText::quoted).toList());
    return source.wrong("closes a loop: " + shown + "; one of them must name a key");
  }

  private JvaultException missing(Setting source) {
    return new JvaultException(
        ExitCode.PROFILE,
        "%s (%s) leads nowhere: there is %s"
            .formatted(source.key(), source.where(), profiles.explainMissing(source.text())));
  }
}
