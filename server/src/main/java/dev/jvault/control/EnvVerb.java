package dev.jvault.control;

import dev.jvault.launch.ShellSyntax;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;

/** {@code env}: prints the line for {@code eval $(jvault env dev)}. */
final class EnvVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final TerminalLaunch terminalLaunch;

  EnvVerb(ProfileSessions profileSessions, TerminalLaunch terminalLaunch) {
    this.profileSessions = profileSessions;
    this.terminalLaunch = terminalLaunch;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    ShellSyntax syntax = ShellSyntax.of(call.value("shell").orElse("sh"));
    Chain chain = profileSessions.resolve(call.profile(), call);
    SessionCredentials _ = profileSessions.session(chain, call);
    return Reply.ofOutput(terminalLaunch.lasting(chain, call.launchRequest()).shell(syntax));
  }
}
