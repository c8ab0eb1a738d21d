package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.credential.CredentialDocument;
import dev.jvault.launch.LaunchPlan;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;
import java.nio.charset.StandardCharsets;

/**
 * {@code credential-process}: prints a session as the JSON that the AWS SDKs expect, on one line.
 */
final class CredentialProcessVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final TerminalLaunch terminalLaunch;
  private final ControlAudit controlAudit;

  CredentialProcessVerb(
      ProfileSessions profileSessions, TerminalLaunch terminalLaunch, ControlAudit controlAudit) {
    this.profileSessions = profileSessions;
    this.terminalLaunch = terminalLaunch;
    this.controlAudit = controlAudit;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    Chain chain = profileSessions.resolve(call.profile(), call);
    SessionCredentials session = profileSessions.fixed(chain, call);
    LaunchPlan _ = terminalLaunch.lasting(chain, call.launchRequest());
    controlAudit.toParent(DeliveryMethod.CREDENTIAL_PROCESS, chain, session, call);
    return Reply.ofOutput(
        new String(CredentialDocument.process(session), StandardCharsets.UTF_8) + "\n");
  }
}
