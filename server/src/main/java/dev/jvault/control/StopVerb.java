package dev.jvault.control;

/** {@code stop}: ends the daemon; the client waits until its process has ended. */
final class StopVerb implements Verb {
  private final Runnable stop;
  private final long pid;

  /**
   * The verb.
   *
   * @param stop begins the ordered shutdown
   * @param pid the daemon's process id
   */
  StopVerb(Runnable stop, long pid) {
    this.stop = stop;
    this.pid = pid;
  }

  @Override
  public Reply run(Call call) {
    stop.run();
    return Reply.ofOutput(pid + "\n");
  }
}
