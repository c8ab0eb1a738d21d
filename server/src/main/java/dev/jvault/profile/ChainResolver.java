package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Follows one profile to the key at the bottom, and says which calls lead back up. */
final class ChainResolver {
  private static final String READS =
      "jvault reads keys that `jvault add` stored, and roles (role_arn, source_profile)";

  private final ProfileSet profiles;
  private final Predicate<String> storedKey;
  private final HopBuilder hops;
  private final StsTargets targets;

  ChainResolver(
      ProfileSet profiles,
      CallerEnvironment environment,
      Predicate<String> storedKey,
      String userName) {
    this.profiles = profiles;
    this.storedKey = storedKey;
    this.targets = new StsTargets(profiles, environment);
    this.hops = new HopBuilder(profiles, environment, targets, userName);
  }

  /** What a profile means, and a role that is taken with it. */
  Chain resolve(String name, Optional<String> role) {
    List<Profile> path = path(name);
    Profile top = path.getLast();
    List<Hop> all = hops.hops(path);
    role.ifPresent(arn -> all.add(hops.above(top, arn, all.size() > 1)));
    return new Chain(name, all, targets.region(top));
  }

  /** The profiles from the key up to the one asked for. */
  private List<Profile> path(String name) {
    var seen = new LinkedHashMap<String, Profile>();
    Profile profile =
        find(name)
            .orElseThrow(() ->
                new JvaultException(ExitCode.PROFILE, "There is " + profiles.explainMissing(name)));
    while (true) {
      seen.put(profile.name(), profile);
      Optional<Setting> source = source(profile);
      if (source.isEmpty()) {
        return new ArrayList<>(seen.values()).reversed();
      }
      String next = source.get().text();
      if (seen.containsKey(next)) {
        throw loop(seen.keySet().stream().toList(), source.get());
      }
      profile = find(next).orElseThrow(() -> missing(source.get()));
    }
  }

  private Optional<Profile> find(String name) {
    Optional<Profile> profile = profiles.find(name);
    return profile.isEmpty() && storedKey.test(name)
        ? Optional.of(new Profile(name, List.of()))
        : profile;
  }

  /** The profile below, or nothing where the profile stands on the key of its own name. */
  private Optional<Setting> source(Profile profile) {
    profile.requireReadable();
    Optional<Setting> source = SourceKeys.source(profile);
    boolean role = SourceKeys.role(profile).isPresent();
    if (role && source.isPresent()) {
      refuseTwoSources(profile);
      return source;
    }
    SourceKeys.foreign(profile)
        .ifPresent(key -> {
          throw foreign(profile, key);
        });
    boolean own = storedKey.test(profile.name());
    if (!own) {
      profile
          .firstOf(SourceKeys.PLAIN)
          .ifPresent(key -> {
            throw plain(profile, key);
          });
    }
    return own ? Optional.empty() : source;
  }

  private static void refuseTwoSources(Profile profile) {
    profile
        .setting("credential_source")
        .ifPresent(key -> {
          throw key.wrong("contradicts source_profile in the same profile; remove one of them");
        });
  }

  private static JvaultException foreign(Profile profile, Setting key) {
    return new JvaultException(
        ExitCode.PROFILE,
        "Profile %s takes its credentials from %s (%s), which jvault does not read; %s."
            .formatted(Printable.of(profile.name()), key.key(), key.where(), READS));
  }

  private static JvaultException plain(Profile profile, Setting key) {
    String name = Printable.of(profile.name());
    return new JvaultException(
        ExitCode.PROFILE,
        ("Profile %s has a key in plain text (%s, %s), which jvault does not use; run `jvault add"
                + " %s` to put it into the vault, then delete it there.")
            .formatted(name, key.key(), key.where(), name));
  }

  private static JvaultException loop(List<String> names, Setting source) {
    var round = new ArrayList<>(names.subList(names.indexOf(source.text()), names.size()));
    round.add(source.text());
    String shown = String.join(" → ", round.stream().map(Printable::of).toList());
    return source.wrong("closes a loop: " + shown + "; one of them must name a key");
  }

  private JvaultException missing(Setting source) {
    return new JvaultException(
        ExitCode.PROFILE,
        "%s (%s) leads nowhere: there is %s"
            .formatted(source.key(), source.where(), profiles.explainMissing(source.text())));
  }
}
