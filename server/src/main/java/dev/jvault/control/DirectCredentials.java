package dev.jvault.control;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import dev.jvault.session.Sessions;
import dev.jvault.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Obtains credentials without GetSessionToken: the long-lived key itself, or roles assumed with it.
 * {@code --no-session} uses it, and so does a fixed session that is to last longer than the hour
 * that AWS allows a role assumed from a session. Caches nothing.
 */
final class DirectCredentials {
  private final Vault vault;
  private final Sts sts;
  private final Sessions sessions;
  private final ProfileSessions profileSessions;

  DirectCredentials(Vault vault, Sts sts, Sessions sessions, ProfileSessions profileSessions) {
    this.vault = vault;
    this.sts = sts;
    this.sessions = sessions;
    this.profileSessions = profileSessions;
  }

  /** Whether a fixed session lasts longer if the key itself assumes the role. */
  static boolean lastsLonger(Chain chain) {
    return chain.bottom().isLongLivedKey()
        && roles(chain).size() == 1
        && roles(chain).getFirst().isShortened();
  }

  /** The credentials; a session if the chain does not start at a long-lived key. */
  SigningCredentials obtain(Chain chain, Call call) {
    if (!chain.bottom().isLongLivedKey()) {
      return profileSessions.session(chain, call);
    }
    AccessKey key = key(chain);
    SigningCredentials credentials = key;
    var sent = new AtomicBoolean();
    Optional<MfaDevice> device = device(chain);
    Optional<Sts.MfaTokenCode> code =
        device.map(one -> new Sts.MfaTokenCode(one.serial(), ask(one, call), () -> sent.set(true)));
    boolean first = true;
    for (Hop.AssumeRole role : roles(chain)) {
      Outcome outcome = sts.assumeRole(credentials, first ? role.unshortened() : role, code);
      if (first && code.isPresent() && !sent.get()) {
        sessions.codeNotSent(device.orElseThrow(), code.get().code());
      }
      credentials = profileSessions.issued(first ? outcome.signedBy(key) : outcome, chain, call);
      // The first role uses the code up; the next hop is signed by a session with MFA.
      code = Optional.empty();
      first = false;
    }
    return credentials;
  }

  private static List<Hop.AssumeRole> roles(Chain chain) {
    return chain.hops().stream()
        .filter(Hop.AssumeRole.class::isInstance)
        .map(Hop.AssumeRole.class::cast)
        .toList();
  }

  private AccessKey key(Chain chain) {
    if (chain.bottom() instanceof Hop.PlainKey plain) {
      return plain.key();
    }
    String name = chain.bottom().profile();
    return Optional.of(vault)
        .filter(vault -> vault.exists())
        .flatMap(vault -> vault.keys().find(name))
        .orElseThrow(() ->
            new JvaultException(
                ExitCode.PROFILE,
                "There is no key for "
                    + name
                    + " in the vault; run `jvault add "
                    + name
                    + "` to store one."));
  }

  /** The device that the first role takes a code of. */
  private static Optional<MfaDevice> device(Chain chain) {
    List<Hop> hops = chain.hops();
    boolean role = hops.getLast() instanceof Hop.AssumeRole;
    return hops.stream()
        .filter(hop -> role && hop instanceof Hop.SessionToken)
        .flatMap(hop -> ((Hop.SessionToken) hop).mfa().stream())
        .findFirst();
  }

  private Secret ask(MfaDevice device, Call call) {
    return sessions
        .code(device, call.environment(), call.person())
        .orElseThrow(() ->
            new JvaultException(
                ExitCode.PERSON,
                "The role needs an MFA code of "
                    + device.serial()
                    + "; give it with --mfa-token."));
  }
}
