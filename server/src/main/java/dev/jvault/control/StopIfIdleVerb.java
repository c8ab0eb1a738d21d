package dev.jvault.control;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;

/** {@code stop-if-idle}: makes room for a daemon of another version, if nobody is being served. */
final class StopIfIdleVerb implements Verb {
  private final Daemon daemon;

  StopIfIdleVerb(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Reply run(Call call) {
    boolean serving =
        !daemon.sessions().kept().isEmpty()
            || daemon.sessions().views().stream()
                .anyMatch(session -> session.expiration().isPresent());
    if (serving) {
      return Reply.failed(
          ExitCode.DAEMON,
          ErrorCode.DAEMON_IN_USE,
          "A jvault daemon of another version is serving credentials; run `jvault stop` when its"
              + " users can do without.");
    }
    daemon.stop().run();
    return Reply.out(daemon.process().pid() + "\n");
  }
}
