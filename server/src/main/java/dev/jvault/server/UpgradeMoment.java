package dev.jvault.server;

import dev.jvault.control.ControlApi;
import dev.jvault.lifecycle.Upgrade;
import dev.jvault.protocol.JvaultException;
import dev.jvault.session.Sessions;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.util.Optional;

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
    if (!vault.unlocked()) {
      return true;
    }
    try {
      Optional<KeySource> source = vault.keySource();
      return source.equals(Optional.of(KeySource.COMMAND))
          || (source.equals(Optional.of(KeySource.KEYRING)) && vault.keyringAvailable())
          || vault.opensByItself();
    } catch (JvaultException _) {
      return false;
    }
  }

  /** systemd starts the next daemon itself, from the path that stays. */
  @Override
  public boolean foreground() {
    return activation.foreground() && !activation.sockets().any();
  }
}
