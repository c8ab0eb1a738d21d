package dev.jvault.control;

import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Durations;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The credentials that a console acts with. AWS takes those of a role and of a federated user, and
 * not those of GetSessionToken; so a key's chain comes from {@link Call#federated}.
 */
final class ConsoleSession {
  /** The console ends with the session, so it gets one of which most is left. */
  private static final Duration LEAST = Duration.ofMinutes(45);

  private final ProfileSessions profileSessions;
  private final DirectCredentials directCredentials;
  private final Sts sts;

  ConsoleSession(ProfileSessions profileSessions, DirectCredentials directCredentials, Sts sts) {
    this.profileSessions = profileSessions;
    this.directCredentials = directCredentials;
    this.sts = sts;
  }

  /**
   * The session of a chain.
   *
   * @param target the STS that is asked whose credentials of an unknown source are
   * @throws JvaultException if there is none, or none that AWS opens a console for
   */
  SessionCredentials obtain(Chain chain, ServiceTarget target, Call call) {
    if (call.flag("no-session")
        && directCredentials.obtain(chain, call) instanceof SessionCredentials direct) {
      return direct;
    }
    SessionCredentials session = profileSessions.lasting(chain, LEAST, call);
    if (roles(chain).isEmpty() && isOfUnknownKind(chain.bottom())) {
      refuseUser(chain, sts.whose(session, target));
    }
    return session;
  }

  /**
   * How long the console is to last, as far as AWS takes that: for a role that no other role signed
   * for. The console of other sessions ends with them.
   */
  Optional<Duration> duration(Chain chain, Call call) {
    return call.value("duration").map(Durations::ofConsole).filter(_ -> takesDuration(chain));
  }

  /** What decides how long the console lasts, in place of {@code --duration}. */
  Optional<String> notice(Chain chain, Call call) {
    return call.value("duration").isEmpty() || takesDuration(chain)
        ? Optional.empty()
        : SessionLength.notice(chain, call);
  }

  private static boolean takesDuration(Chain chain) {
    int roles = roles(chain).size();
    return switch (chain.bottom()) {
      case Hop.StoredKey _ -> roles == 1;
      case Hop.PlainKey key -> key.isLongLivedKey() && roles == 1;
      case Hop.Sso _, Hop.WebIdentity _ -> roles == 0;
      case Hop.CredentialProcess _,
          Hop.EnvironmentKey _,
          Hop.Login _,
          Hop.Ec2InstanceMetadata _,
          Hop.EcsContainer _ ->
          false;
    };
  }

  /** Whether it gives the credentials of a role or of a user. */
  private static boolean isOfUnknownKind(Hop.Bottom bottom) {
    return bottom instanceof Hop.CredentialProcess
        || bottom instanceof Hop.EnvironmentKey
        || (bottom instanceof Hop.PlainKey && !bottom.isLongLivedKey());
  }

  private static void refuseUser(Chain chain, KeyCheck whose) {
    if (whose instanceof KeyCheck.Known(String _, String arn) && arn.contains(":user/")) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "The credentials of profile %s are a session of the user %s, for which AWS opens no console; give the profile a role_arn, or store the user's key with `jvault add`."
              .formatted(chain.profile(), arn.substring(arn.lastIndexOf('/') + 1)));
    }
  }

  private static List<Hop> roles(Chain chain) {
    return chain.hops().stream().filter(Hop.AssumeRole.class::isInstance).toList();
  }
}
