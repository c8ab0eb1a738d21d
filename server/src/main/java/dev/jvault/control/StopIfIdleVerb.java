package dev.jvault.control;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.session.Sessions;

/**
 * {@code stop-if-idle}: ends the daemon in favour of one of another version, unless it keeps a
 * profile ready or has a live session.
 */
final class StopIfIdleVerb implements Verb {
  private final Sessions sessions;
  private final Verb stop;

  StopIfIdleVerb(Sessions sessions, Verb stop) {
    this.sessions = sessions;
    this.stop = stop;
  }

  @Override
  public Reply run(Call call) {
    boolean inUse =
        !sessions.kept().isEmpty()
            || sessions.views().stream().anyMatch(session -> session.expiration().isPresent());
    return inUse
        ? Reply.failed(
            ExitCode.DAEMON,
            ErrorCode.DAEMON_IN_USE,
            "A jvault daemon of another version is serving credentials; run `jvault stop` when its"
                + " users can do without.")
        : stop.run(call);
  }
}
