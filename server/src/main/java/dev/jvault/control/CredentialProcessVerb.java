package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.credential.CredentialDocument;
import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;
import java.nio.charset.StandardCharsets;

/** {@code credential-process}: the JSON of the AWS CLI's contract, on one line. */
final class CredentialProcessVerb implements Verb {
  private final ProfileSessions profiles;
  private final TerminalLaunch standing;
  private final ControlAudit handOuts;

  CredentialProcessVerb(Daemon daemon, ProfileSessions profiles, ReadyFiles ready) {
    this.profiles = profiles;
    this.standing = new TerminalLaunch(daemon, new LaunchPlanner(daemon), ready);
    this.handOuts = new ControlAudit(daemon);
  }

  @Override
  public Reply run(Call call) {
    Chain chain = profiles.resolve(call.profile(), call);
    SessionCredentials session = profiles.fixed(chain, call);
    LaunchPlan _ = standing.terminal(chain, call);
    handOuts.toParent(DeliveryMethod.CREDENTIAL_PROCESS, chain, session, call);
    return Reply.out(
        new String(CredentialDocument.process(session), StandardCharsets.UTF_8) + "\n");
  }
}
