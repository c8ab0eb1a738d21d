package dev.jvault.server;

import dev.jvault.control.ControlApi;
import dev.jvault.imds.ImdsListener;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.lifecycle.IdleEnd;
import dev.jvault.served.ServedProfiles;
import dev.jvault.session.Sessions;
import dev.jvault.systemd.InheritedSockets;
import dev.jvault.vault.Vault;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether anybody needs this daemon: a served profile, whose session it keeps ready; an IMDS
 * listener whose port systemd does not keep, or a kept port without a listener, whose connections
 * would start the daemon again at once; a question; a connection; a session or a vault that the
 * next daemon could not open by itself.
 */
record DaemonUse(
    InheritedSockets sockets,
    Listeners listeners,
    ControlListener control,
    ControlApi api,
    ImdsListeners imds,
    ServedProfiles served,
    Sessions sessions,
    Vault vault)
    implements IdleEnd.Use {
  @Override
  public long requests() {
    return listeners.http().admitted() + control.requests();
  }

  @Override
  public boolean needed() {
    return !control.inherited()
        || !served.names().isEmpty()
        || !portsFit()
        || !sessions.openQuestions().isEmpty()
        || api.busy()
        || !listeners.http().quiet()
        || !control.quiet()
        || !opensAgain();
  }

  @Override
  public void pause(boolean paused) {
    if (paused) {
      listeners.http().pause();
      control.pause();
    } else {
      listeners.http().resume();
      control.resume();
    }
  }

  private boolean portsFit() {
    Set<Integer> answering =
        Stream.concat(listeners.answering().stream(), imds.all().stream().map(ImdsListener::port))
            .collect(Collectors.toSet());
    return answering.equals(sockets.ports()) && imds.troubles().isEmpty();
  }

  /** A key command may ask the user, so only the keyring of a session that is open counts. */
  private boolean opensAgain() {
    return vault.unlocked()
        ? vault.opensWithoutCommand()
        : sessions.views().stream().allMatch(session -> session.expiration().isEmpty());
  }
}
