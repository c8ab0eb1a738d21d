package dev.jvault.control;

import dev.jvault.audit.Way;
import dev.jvault.grant.Grant;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.profile.Chain;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;

/** {@code exec}: makes sure of a session and answers with the plan of the command's environment. */
final class ExecVerb implements Verb {
  private final Daemon daemon;
  private final OpenProfiles profiles;
  private final Plans plans;
  private final Standing standing;
  private final HandOuts handOuts;

  ExecVerb(Daemon daemon, OpenProfiles profiles, ReadyFiles ready) {
    this.daemon = daemon;
    this.profiles = profiles;
    this.plans = new Plans(daemon);
    this.standing = new Standing(daemon, plans, ready);
    this.handOuts = new HandOuts(daemon);
  }

  @Override
  public Reply run(Call call) {
    Chain chain = profiles.resolve(call.profile(), call);
    if (call.flag("no-session")) {
      return withoutSession(chain, call);
    }
    SessionCredentials session = profiles.session(chain, call);
    if (call.flag("env")) {
      handOuts.toCommand(Way.EXEC_ENV, chain, session, call);
      return Reply.out(plans.fixed(chain, session, call).lines());
    }
    if (call.flag("bind")) {
      return Reply.out(plans.endpoint(chain, bound(chain, call), call).lines());
    }
    return Reply.out(standing.terminal(chain, call).lines());
  }

  private Reply withoutSession(Chain chain, Call call) {
    SigningCredentials credentials = new DirectCredentials(daemon).obtain(chain, call);
    handOuts.toCommand(Way.NO_SESSION, chain, credentials, call);
    String warning =
        credentials instanceof SessionCredentials
            ? "Warning: these credentials are fixed and will not be refreshed."
            : "Warning: the command gets the long-lived key itself; whatever it starts can keep it.";
    return Reply.out(plans.fixed(chain, credentials, call).lines()).saying(warning);
  }

  private Grant bound(Chain chain, Call call) {
    ProcessIdentity holder =
        call.pid()
            .flatMap(ProcessIdentity::of)
            .orElseThrow(
                () -> new JvaultException(ExitCode.FAULT, "The caller's process is unknown."));
    return daemon.grants().bound(chain.profile(), call.environment(), holder);
  }
}
