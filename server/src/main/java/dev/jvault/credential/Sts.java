package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.net.URI;
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
  Outcome assumeRole(SigningCredentials below, Hop.AssumeRole hop, Optional<MfaTokenCode> mfa);

  /**
   * Takes a role with the token of a web identity; nobody signs.
   *
   * @param token as its issuer wrote it
   */
  Outcome assumeRoleWithWebIdentity(Secret token, Hop.WebIdentity hop);

  /**
   * Where a target's calls go, without one being made.
   *
   * @throws dev.jvault.protocol.JvaultException where AWS has no such endpoint
   */
  Address address(ServiceTarget target);

  /**
   * Where calls go.
   *
   * @param url scheme, host and port
   * @param signingRegion the region in the signature
   */
  record Address(URI url, String signingRegion) {}

  /**
   * A code with the device that it is of.
   *
   * @param serial the device's ARN or serial number
   * @param code six digits; AWS takes them once
   */
  record MfaTokenCode(String serial, Secret code) {}
}
