package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/** {@code export}: prints fixed credentials in a format of the caller's choice. */
final class ExportVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final DirectCredentials directCredentials;
  private final ControlAudit controlAudit;

  ExportVerb(
      ProfileSessions profileSessions,
      DirectCredentials directCredentials,
      ControlAudit controlAudit) {
    this.profileSessions = profileSessions;
    this.directCredentials = directCredentials;
    this.controlAudit = controlAudit;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    ExportFormat format = ExportFormat.of(call.value("format").orElse("env"));
    Chain chain = profileSessions.resolve(call.profile(), call);
    Optional<String> region = call.launchRequest(DeliveryMethod.EXPORT).region(chain);
    boolean direct = call.flag("no-session");
    SigningCredentials credentials =
        direct || DirectCredentials.lastsLonger(chain)
            ? directCredentials.obtain(chain, call)
            : profileSessions.fixed(chain, call);
    String text = format.render(chain.profile(), credentials, region);
    controlAudit.toParent(DeliveryMethod.EXPORT, chain, credentials, call);
    Reply reply = Reply.ofOutput(text);
    return credentials instanceof SessionCredentials
        ? reply
        : reply.withMessage(
            "Warning: this is the long-lived key itself; whatever reads it can keep it.");
  }
}
