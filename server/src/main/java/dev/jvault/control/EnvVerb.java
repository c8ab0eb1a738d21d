package dev.jvault.control;

import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;

/** {@code env}: the lines that {@code eval "$(jvault env dev)"} needs. */
final class EnvVerb implements Verb {
  private final ProfileSessions profiles;
  private final TerminalLaunch standing;

  EnvVerb(Daemon daemon, ProfileSessions profiles, ReadyFiles ready) {
    this.profiles = profiles;
    this.standing = new TerminalLaunch(daemon, new LaunchPlanner(daemon), ready);
  }

  @Override
  public Reply run(Call call) {
    ShellSyntax syntax = ShellSyntax.of(call.value("shell").orElse("sh"));
    Chain chain = profiles.resolve(call.profile(), call);
    SessionCredentials _ = profiles.session(chain, call);
    return Reply.out(standing.terminal(chain, call).shell(syntax, call.environment().aws()));
  }
}
