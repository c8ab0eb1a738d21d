package dev.jvault.control;

/**
 * {@code lock}: forgets the sessions in memory and what opens the vault, until a person opens it;
 * {@code --all} removes the kept sessions too.
 */
final class LockVerb implements Verb {
  private final Daemon daemon;

  LockVerb(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Reply run(Call call) {
    boolean all = call.flag("all");
    daemon.sessions().lock(all);
    daemon.sso().lock();
    daemon.readyFiles().removeAll();
    String forgot = all ? "All sessions are removed" : "The sessions in memory are forgotten";
    return Reply.said(
        daemon.vault().exists()
            ? forgot + ", and the vault is locked; `jvault unlock` opens it."
            : forgot + "; there is no vault to lock.");
  }
}
