package dev.jvault.server;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.launch.ReadyFiles;
import java.util.List;

/**
 * What depends on grants and follows them: a ready file leads to the grant of a terminal, an IMDS
 * listener serves its own grant.
 */
final class GrantDependents {
  private final Grants grants;
  private final ReadyFiles readyFiles;
  private final ImdsListeners imds;

  /** From now on, what depends on a grant ends with it. */
  GrantDependents(Grants grants, ReadyFiles readyFiles, ImdsListeners imds) {
    this.grants = grants;
    this.readyFiles = readyFiles;
    this.imds = imds;
    grants.whenEnded(this::end);
  }

  /** Maintains the grants, and renews what depends on a token that others may have read. */
  void maintain() {
    for (Grant exposed : grants.maintain()) {
      readyFiles.remove(exposed.profile());
      imds.renewKey(exposed);
    }
    endUnused();
  }

  /** The ready files go first, so that the launcher hands out none of these grants meanwhile. */
  private void endUnused() {
    List<Grant> unused = grants.unused();
    if (!unused.isEmpty()) {
      unused.forEach(grant -> readyFiles.remove(grant.profile()));
      grants.endUnused(unused);
    }
  }

  private void end(Grant grant) {
    if (grant.kind() == Grant.Kind.TERMINAL) {
      readyFiles.remove(grant.profile());
    }
    imds.closeRevoked();
  }
}
