package dev.jvault.profile;

import java.util.List;

/**
 * What edits to the config files have done to the chains that are in use.
 *
 * @param outdated chains that no profile resolves to any longer
 * @param current all chains that profiles resolve to now
 */
public record ChainsEdit(List<ChainInUse> outdated, List<ChainInUse> current) {
  /**
   * A chain that was resolved for a caller.
   *
   * @param environment of the caller whose files were read
   */
  public record ChainInUse(Chain chain, CallerEnvironment environment) {}

  /** Copies the lists. */
  public ChainsEdit {
    outdated = List.copyOf(outdated);
    current = List.copyOf(current);
  }
}
