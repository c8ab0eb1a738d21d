package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * AWS's Security Token Service. A failure of AWS, the network or a profile is an outcome with one
 * sentence, never an exception. A call blocks for at most half a minute.
 */
public interface Sts {
  /**
   * Exchanges a long-lived key for a session ({@code GetSessionToken}).
   *
   * @param mfa a code of the hop's device; empty if the hop has none
   */
  Outcome getSessionToken(AccessKey key, Hop.SessionToken hop, Optional<MfaTokenCode> mfa);

  /**
   * Exchanges a long-lived key of a user for a session that can do less ({@code
   * GetFederationToken}).
   */
  Outcome getFederationToken(AccessKey key, Hop.FederationToken hop);

  /**
   * Assumes a role with the credentials of the hop below.
   *
   * @param mfa a code for this call, if no session below was issued with one
   */
  Outcome assumeRole(SigningCredentials below, Hop.AssumeRole hop, Optional<MfaTokenCode> mfa);

  /**
   * Assumes a role with the token of a web identity. The request is not signed.
   *
   * @param token as its issuer wrote it
   */
  Outcome assumeRoleWithWebIdentity(Secret token, Hop.WebIdentity hop);

  /**
   * Says whose a key, or the key of a session, is ({@code GetCallerIdentity}). Blocks for at most
   * five seconds.
   *
   * @param target where AWS is asked
   */
  KeyCheck whose(SigningCredentials key, ServiceTarget target);

  /**
   * Where calls to a target go. Makes no call.
   *
   * @throws dev.jvault.protocol.JvaultException if AWS has no such endpoint
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
   * An MFA code and its device.
   *
   * @param serial the device's ARN or serial number
   * @param code six digits, which AWS accepts once
   * @param sending runs when a request with the code goes on the wire; not if nothing is sent
   */
  record MfaTokenCode(String serial, Secret code, Runnable sending) {}
}
