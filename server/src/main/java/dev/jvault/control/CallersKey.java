package dev.jvault.control;

import dev.jvault.profile.Chain;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.rotation.KeyInPlace;
import dev.jvault.secret.SigningCredentials;
import dev.jvault.session.Sessions;
import dev.jvault.vault.Vault;
import java.util.Optional;

/**
 * A stored key that a caller rotates.
 *
 * @param chain the chain of the key's session with MFA, if the profile has a device
 * @param drop forgets the sessions of the old key
 */
record CallersKey(
    String name,
    ServiceTarget sts,
    ServiceTarget iam,
    Optional<Chain> chain,
    Vault vault,
    Sessions sessions,
    Runnable drop,
    Call call)
    implements KeyInPlace {
  @Override
  public SigningCredentials signer() {
    return chain
        .<SigningCredentials>map(one ->
            OutcomeErrors.issued(
                sessions.obtain(one, call.environment(), call.person()), one.profile()))
        .or(() -> vault.keys().find(name))
        .orElseThrow();
  }

  @Override
  public boolean mfa() {
    return chain.isPresent();
  }

  @Override
  public void dropSessions() {
    drop.run();
  }

  @Override
  public void tell(String line) {
    call.person().tell(line);
  }
}
