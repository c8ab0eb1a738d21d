package dev.jvault.launch;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.ConfigText;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ListedProfile;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.StoredKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The profiles that programs reach only through jvault, because their key is in the vault, their
 * login is jvault's, or their role needs an MFA code; and the line by which they reach each of
 * them. {@code default} is never one, because inside a command it stands for the command's own
 * profile. For one thread at a time.
 */
public final class NamedProfiles {
  private static final int MOST = 64;

  private final Profiles profiles;
  private final ConfigReader reader;
  private final BooleanSupplier locked;
  private final UnaryOperator<String> command;
  private final Map<Object, Known> known = new HashMap<>();
  private final Set<String> before = new HashSet<>();

  /** What was found in files in this state, with the answers of the vault that led to it. */
  private record Known(Object state, Map<String, Boolean> keys, Map<String, String> commands) {}

  /**
   * Looks for them in callers' config files.
   *
   * @param locked whether the names of the stored keys cannot be read now
   * @param command the {@code credential_process} line for a profile
   */
  public NamedProfiles(
      Profiles profiles,
      ConfigReader reader,
      BooleanSupplier locked,
      UnaryOperator<String> command) {
    this.profiles = profiles;
    this.reader = reader;
    this.locked = locked;
    this.command = command;
  }

  /**
   * The line of each of them. While the vault is locked, these are the profiles of the last time.
   *
   * @param files names the config files
   */
  Map<String, String> of(CallerEnvironment files) {
    Object state = reader.state(files);
    Known last = known.get(files);
    boolean unlocked = !locked.getAsBoolean();
    if (last != null && last.state.equals(state) && (!unlocked || holds(last.keys))) {
      return last.commands;
    }
    var asked = new HashMap<String, Boolean>();
    StoredKeys keys =
        name -> asked.computeIfAbsent(name, key -> unlocked && profiles.mayHaveStoredKey(key));
    var commands = new TreeMap<String, String>();
    for (ListedProfile profile : profiles.assuming(keys).list(files)) {
      String name = profile.summary().name();
      boolean served =
          profile.chain().filter(chain -> needsJvault(chain, keys)).isPresent()
              || (!unlocked && before.contains(name));
      if (served && !name.equals("default")) {
        commands.put(name, command.apply(name));
      }
    }
    if (unlocked) {
      remember(files, new Known(state, asked, commands));
    }
    return commands;
  }

  /** Takes over the profiles that have their line in the copy of an earlier daemon. */
  void takeOver(ConfigText copy) {
    for (String name : copy.profiles()) {
      String line =
          "credential_process = "
              + Objects.requireNonNullElse(copy.settings(name).get("credential_process"), "");
      if (line.equals(command.apply(name))) {
        before.add(name);
      }
    }
  }

  private void remember(CallerEnvironment files, Known now) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(files, now);
    before.clear();
    known.values().forEach(one -> before.addAll(one.commands.keySet()));
  }

  private boolean holds(Map<String, Boolean> keys) {
    return keys.entrySet().stream()
        .allMatch(key -> profiles.mayHaveStoredKey(key.getKey()) == key.getValue());
  }

  /** Other profiles work in every SDK without jvault, or do not work with it, and stay. */
  private static boolean needsJvault(Chain chain, StoredKeys keys) {
    return switch (chain.bottom()) {
      case Hop.StoredKey key -> keys.mayContain(key.name());
      case Hop.Sso _ -> true;
      case Hop.Bottom _ ->
          chain.hops().stream().anyMatch(NamedProfiles::asksForCode)
              && chain.hops().stream().anyMatch(Hop.AssumeRole.class::isInstance);
    };
  }

  private static boolean asksForCode(Hop hop) {
    return switch (hop) {
      case Hop.AssumeRole role -> role.mfa().isPresent();
      case Hop.SessionToken token -> token.mfa().isPresent();
      case Hop _ -> false;
    };
  }
}
