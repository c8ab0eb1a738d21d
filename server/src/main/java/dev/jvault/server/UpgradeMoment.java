package dev.jvault.server;

import dev.jvault.control.ControlApi;
import dev.jvault.lifecycle.Upgrade;
import dev.jvault.session.Sessions;
import dev.jvault.vault.Vault;

/** Whether it is the moment to hand over to another version. */
record UpgradeMoment(Activation activation, ControlApi api, Sessions sessions, Vault vault)
    implements Upgrade.Conditions {
  @Override
  public boolean quiet() {
    return !api.busy() && sessions.openQuestions().isEmpty();
  }

  /** A locked vault stays locked, and that takes nothing from anybody. */
  @Override
  public boolean opensAgain() {
    return !vault.unlocked()
        || vault.usesCommand()
        || (vault.usesKeyring() && vault.keyringAvailable())
        || vault.opensByItself();
  }

  /** systemd starts the next daemon itself, from the path that stays. */
  @Override
  public boolean foreground() {
    return activation.foreground() && !activation.sockets().any();
  }
}
