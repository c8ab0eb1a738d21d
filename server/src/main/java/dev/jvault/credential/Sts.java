package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/**
 * AWS's Security Token Service. Every trouble is an outcome with one sentence; nothing is thrown
 * for what AWS, the network or a profile does. A call blocks for at most half a minute.
 */
public interface Sts {
  /**
   * Trades a long-lived key for a session.
   *
   * @param mfaCode the code of the hop's device; empty where the hop has none
   */
  Outcome getSessionToken(AccessKey key, Hop.SessionToken hop, Optional<Secret> mfaCode);

  /**
   * Takes a role with the credentials of the hop below.
   *
   * @param mfa a code for this very call, where no session below carries one
   */
  Outcome assumeRole(SigningCredentials below, Hop.AssumeRole hop, Optional<MfaAnswer> mfa);

  /**
   * Takes a role with the token of a web identity; nobody signs.
   *
   * @param token as its issuer wrote it
   */
  Outcome assumeRoleWithWebIdentity(Secret token, Hop.WebIdentity hop);
}
