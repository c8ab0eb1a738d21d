package dev.jvault.setup;

import dev.jvault.profile.WrittenProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which profiles of an Identity Center the config file is to have.
 *
 * @param config the config file
 * @param session the name of the {@code [sso-session]}
 * @param section the lines of that section; empty if the config file has it already
 * @param wanted the profiles to add if they are not there
 * @param assigned all roles that the user has, wanted or not
 * @param existing all profiles that the caller's files have
 * @param region the region that new profiles get
 * @param prune whether the profiles of roles that the user no longer has are taken out
 */
public record SsoProfiles(
    Path config,
    String session,
    List<String> section,
    List<Wanted> wanted,
    Set<Role> assigned,
    List<WrittenProfile> existing,
    Optional<String> region,
    boolean prune) {
  /** Copies the lists. */
  public SsoProfiles {
    section = List.copyOf(section);
    wanted = List.copyOf(wanted);
    assigned = Set.copyOf(assigned);
    existing = List.copyOf(existing);
  }

  /** A role in an account. */
  public record Role(String accountId, String name) {
    /** For sentences. */
    public String shown() {
      return "role " + name + " in account " + accountId;
    }
  }

  /**
   * A profile to add.
   *
   * @param account the account as a person knows it, for sentences
   */
  public record Wanted(String profile, Role role, String account) {
    /** For sentences. */
    String shown() {
      return account.isEmpty() ? role.shown() : role.shown() + " (" + account + ")";
    }
  }

  /**
   * What is going to change, or has changed.
   *
   * @param prepared the change of the file, for {@link Setup#apply}
   * @param added the names of the new profiles
   * @param there how many of the wanted ones were there
   * @param pruned the names of the profiles that are taken out
   * @param notes what stays as it is, and why, each a sentence
   */
  public record Plan(
      Prepared prepared, List<String> added, int there, List<String> pruned, List<String> notes) {
    /** Copies the lists. */
    public Plan {
      added = List.copyOf(added);
      pruned = List.copyOf(pruned);
      notes = List.copyOf(notes);
    }
  }
}
