package dev.jvault.control;

/** {@code stop}: ends the daemon; the client waits until its process is gone. */
final class StopVerb implements Verb {
  private final Daemon daemon;

  StopVerb(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Reply run(Call call) {
    daemon.stop().run();
    return Reply.out(daemon.process().pid() + "\n");
  }
}
