package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Person;
import dev.jvault.protocol.JvaultException;
import dev.jvault.session.Sessions;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code handover-finish}: opens the vault and keeps the same profiles ready as the daemon before.
 * Their sessions are in the vault, so this asks neither AWS nor the user.
 */
final class HandoverFinishVerb implements Verb {
  private final VaultAccess vaultAccess;
  private final Profiles profiles;
  private final Sessions sessions;
  private final Grants grants;

  HandoverFinishVerb(VaultAccess vaultAccess, Profiles profiles, Sessions sessions, Grants grants) {
    this.vaultAccess = vaultAccess;
    this.profiles = profiles;
    this.sessions = sessions;
    this.grants = grants;
  }

  @Override
  public Reply run(Call call) {
    vaultAccess.open(call);
    var troubles = new ArrayList<String>();
    List<String> kept = call.profiles();
    kept.forEach(sessions::keep);
    grants.all().stream()
        .filter(grant -> grant.kind() != Grant.Kind.BOUND && kept.contains(grant.profile()))
        .forEach(grant -> load(grant, troubles));
    return Reply.ofMessage(String.join("\n", troubles.stream().distinct().toList()));
  }

  /** Loads a session with the variables of the grant's caller, not with those of this verb's. */
  private void load(Grant grant, List<String> troubles) {
    try {
      Chain chain = profiles.resolve(grant.profile(), grant.environment());
      var _ =
          OutcomeErrors.issued(
              sessions.obtain(chain, grant.environment(), Person.ABSENT), grant.profile());
    } catch (JvaultException e) {
      troubles.add("profile " + grant.profile() + ": " + e.sentence());
    }
  }
}
