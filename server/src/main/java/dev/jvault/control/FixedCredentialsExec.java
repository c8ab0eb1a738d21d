package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.launch.LaunchPlan;
import dev.jvault.launch.LaunchPlanner;
import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;

/** {@code exec} for a command that gets its credentials as variables, once. */
final class FixedCredentialsExec {
  private final ProfileSessions profileSessions;
  private final DirectCredentials directCredentials;
  private final LaunchPlanner planner;
  private final ControlAudit controlAudit;

  FixedCredentialsExec(
      ProfileSessions profileSessions,
      DirectCredentials directCredentials,
      LaunchPlanner planner,
      ControlAudit controlAudit) {
    this.profileSessions = profileSessions;
    this.directCredentials = directCredentials;
    this.planner = planner;
    this.controlAudit = controlAudit;
  }

  /** {@code --env}: the command gets a session. */
  Reply session(Chain chain, Call call) {
    SigningCredentials credentials =
        DirectCredentials.lastsLonger(chain)
            ? directCredentials.obtain(chain, call)
            : profileSessions.fixed(chain, call);
    return Reply.ofOutput(plan(DeliveryMethod.EXEC_ENV, chain, credentials, call).lines());
  }

  /**
   * {@code --no-session}: the command gets the long-lived key itself, or a role assumed with it.
   */
  Reply withoutSession(Chain chain, Call call) {
    SigningCredentials credentials = directCredentials.obtain(chain, call);
    String warning =
        credentials instanceof SessionCredentials
            ? "Warning: these credentials are fixed and will not be refreshed."
            : "Warning: the command gets the long-lived key itself; any program it starts can keep it.";
    return Reply.ofOutput(plan(DeliveryMethod.NO_SESSION, chain, credentials, call).lines())
        .withMessage(warning);
  }

  private LaunchPlan plan(
      DeliveryMethod method, Chain chain, SigningCredentials credentials, Call call) {
    controlAudit.toCommand(method, chain, credentials, call);
    return planner.fixed(chain, credentials, call.launchRequest(method));
  }
}
