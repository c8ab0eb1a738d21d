package dev.jvault.profile;

import java.util.List;

/**
 * What edits have done to the chains that are in use.
 *
 * @param left chains that no profile means any more
 * @param good all that are meant now
 */
public record ChainsEdit(List<ChainInUse> left, List<ChainInUse> good) {
  /** Copies the lists. */
  public ChainsEdit {
    left = List.copyOf(left);
    good = List.copyOf(good);
  }
}
