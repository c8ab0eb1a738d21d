package dev.jvault.control;

import dev.jvault.profile.Chain;
import dev.jvault.profile.RoleArn;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Optional;

/** {@code exec}: obtains credentials and replies with the plan of the command's environment. */
final class ExecVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final EndpointExec withEndpoint;
  private final FixedCredentialsExec withFixedCredentials;

  ExecVerb(
      ProfileSessions profileSessions,
      EndpointExec withEndpoint,
      FixedCredentialsExec withFixedCredentials) {
    this.profileSessions = profileSessions;
    this.withEndpoint = withEndpoint;
    this.withFixedCredentials = withFixedCredentials;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    List<String> roles = call.values("allow-role").stream().map(RoleArn::checked).toList();
    refuseRolesWithoutAGrant(roles, call);
    Chain chain = profileSessions.resolve(call.profile(), call);
    Optional<String> notice = SessionLength.notice(chain, call);
    Reply reply = reply(chain, roles, call);
    return notice.map(reply::withMessage).orElse(reply);
  }

  private Reply reply(Chain chain, List<String> roles, Call call) {
    if (call.flag("no-session")) {
      return withFixedCredentials.withoutSession(chain, call);
    }
    if (call.flag("env")) {
      return withFixedCredentials.session(chain, call);
    }
    return withEndpoint.run(chain, roles, call);
  }

  private static void refuseRolesWithoutAGrant(List<String> roles, Call call) {
    if (!roles.isEmpty() && (call.flag("env") || call.flag("no-session"))) {
      throw new JvaultException(
          ExitCode.USAGE,
          "--allow-role is for commands that ask the endpoint; leave --env and --no-session out.");
    }
  }
}
