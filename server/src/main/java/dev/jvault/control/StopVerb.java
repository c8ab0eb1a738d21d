package dev.jvault.control;

import dev.jvault.protocol.ExitCode;

/** {@code stop}: ends the daemon; the client waits until its process has ended. */
final class StopVerb implements Verb {
  private final Runnable stop;
  private final DaemonInfo info;

  /**
   * The verb.
   *
   * @param stop begins the ordered shutdown
   * @param info the daemon
   */
  StopVerb(Runnable stop, DaemonInfo info) {
    this.stop = stop;
    this.info = info;
  }

  @Override
  public Reply run(Call call) {
    stop.run();
    return new Reply(
        ExitCode.OK,
        info.pid() + "\n",
        info.socketsKept()
            ? "systemd starts jvault again at the next request, unless you run `systemctl --user"
                + " stop jvault.socket`."
            : "");
  }
}
