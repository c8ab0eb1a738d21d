package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.launch.LaunchPlan;
import dev.jvault.launch.LaunchPlanner;
import dev.jvault.launch.LaunchRequest;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.profile.Chain;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code exec} for a command that asks the endpoint whenever it needs credentials. */
final class EndpointExec {
  private final ProfileSessions profileSessions;
  private final Grants grants;
  private final LaunchPlanner planner;
  private final TerminalLaunch terminalLaunch;

  EndpointExec(
      ProfileSessions profileSessions,
      Grants grants,
      LaunchPlanner planner,
      TerminalLaunch terminalLaunch) {
    this.profileSessions = profileSessions;
    this.grants = grants;
    this.planner = planner;
    this.terminalLaunch = terminalLaunch;
  }

  /**
   * Obtains a session, so that the command's first request is answered from memory, and replies
   * with the plan.
   *
   * @param roles the ARNs of the roles that the command may ask for besides its profile
   */
  Reply run(Chain chain, List<String> roles, Call call) {
    SessionCredentials _ = profileSessions.session(chain, call);
    Reply reply = Reply.ofOutput(plan(chain, roles, call).lines());
    List<String> news = new ArrayList<>(grants.notices());
    news.addAll(planner.notices());
    return news.isEmpty() ? reply : reply.withMessage(String.join("\n", news));
  }

  private LaunchPlan plan(Chain chain, List<String> roles, Call call) {
    LaunchRequest request = call.launchRequest();
    if (request.method() == DeliveryMethod.IMDS) {
      return terminalLaunch.plan(chain, request);
    }
    boolean bound = call.flag("bind") || !roles.isEmpty();
    Optional<String> leadsTo = Optional.of(chain.leadsTo());
    boolean tokenInVariable = request.tokenInVariable(chain);
    if (bound && tokenInVariable) {
      Grants.Issued issued =
          grants.inEnvironment(chain.profile(), call.environment(), roles, holder(call), leadsTo);
      return planner.endpoint(chain, issued, request);
    }
    if (bound) {
      Grant grant = grants.bound(chain.profile(), call.environment(), roles, holder(call), leadsTo);
      return planner.endpoint(chain, grant, request);
    }
    // A token in a variable, at the address of EKS, does not show whose it is.
    return tokenInVariable
        ? terminalLaunch.lasting(chain, request)
        : terminalLaunch.plan(chain, request);
  }

  private static ProcessIdentity holder(Call call) {
    return call.pid()
        .flatMap(ProcessIdentity::of)
        .orElseThrow(() -> new JvaultException(ExitCode.FAULT, "The caller's process is unknown."));
  }
}
