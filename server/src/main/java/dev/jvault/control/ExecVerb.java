package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.profile.Chain;
import dev.jvault.profile.RoleArn;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.util.List;

/** {@code exec}: makes sure of a session and answers with the plan of the command's environment. */
final class ExecVerb implements Verb {
  private final Daemon daemon;
  private final ProfileSessions profiles;
  private final LaunchPlanner planner;
  private final TerminalLaunch standing;
  private final ControlAudit handOuts;

  ExecVerb(Daemon daemon, ProfileSessions profiles, ReadyFiles ready) {
    this.daemon = daemon;
    this.profiles = profiles;
    this.planner = new LaunchPlanner(daemon);
    this.standing = new TerminalLaunch(daemon, planner, ready);
    this.handOuts = new ControlAudit(daemon);
  }

  @Override
  public Reply run(Call call) {
    List<String> roles = call.values("allow-role").stream().map(RoleArn::checked).toList();
    refuseRolesWithoutAGrant(roles, call);
    Chain chain = profiles.resolve(call.profile(), call);
    if (call.flag("no-session")) {
      return withoutSession(chain, call);
    }
    if (call.flag("env")) {
      SigningCredentials credentials =
          DirectCredentials.lastsLonger(chain)
              ? new DirectCredentials(daemon).obtain(chain, call)
              : profiles.fixed(chain, call);
      handOuts.toCommand(DeliveryMethod.EXEC_ENV, chain, credentials, call);
      return Reply.out(planner.fixed(chain, credentials, call).lines());
    }
    SessionCredentials _ = profiles.session(chain, call);
    Reply reply = Reply.out(plan(chain, roles, call).lines());
    List<String> news = daemon.grants().news();
    return news.isEmpty() ? reply : reply.saying(String.join("\n", news));
  }

  private LaunchPlan plan(Chain chain, List<String> roles, Call call) {
    if (Delivery.of(call) == Delivery.IMDS) {
      return standing.terminal(chain, call);
    }
    if (call.flag("token-env")) {
      Grants.Issued issued =
          daemon.grants().inEnvironment(chain.profile(), call.environment(), roles, holder(call));
      return planner.endpoint(chain, issued, call);
    }
    if (call.flag("bind") || !roles.isEmpty()) {
      Grant bound = daemon.grants().bound(chain.profile(), call.environment(), roles, holder(call));
      return planner.endpoint(chain, bound, call);
    }
    return standing.terminal(chain, call);
  }

  private static void refuseRolesWithoutAGrant(List<String> roles, Call call) {
    if (!roles.isEmpty() && (call.flag("env") || call.flag("no-session"))) {
      throw new JvaultException(
          ExitCode.USAGE,
          "--allow-role is for commands that ask the endpoint; leave --env and --no-session out.");
    }
  }

  private Reply withoutSession(Chain chain, Call call) {
    SigningCredentials credentials = new DirectCredentials(daemon).obtain(chain, call);
    handOuts.toCommand(DeliveryMethod.NO_SESSION, chain, credentials, call);
    String warning =
        credentials instanceof SessionCredentials
            ? "Warning: these credentials are fixed and will not be refreshed."
            : "Warning: the command gets the long-lived key itself; whatever it starts can keep it.";
    return Reply.out(planner.fixed(chain, credentials, call).lines()).saying(warning);
  }

  private static ProcessIdentity holder(Call call) {
    return call.pid()
        .flatMap(ProcessIdentity::of)
        .orElseThrow(() -> new JvaultException(ExitCode.FAULT, "The caller's process is unknown."));
  }
}
