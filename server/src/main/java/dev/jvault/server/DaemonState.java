package dev.jvault.server;

import dev.jvault.prompt.OpenQuestion;
import dev.jvault.served.ServedProfiles;
import dev.jvault.session.Sessions;
import dev.jvault.vault.Vault;
import java.util.List;
import java.util.function.IntSupplier;

/** What the daemon does at the moment, in one line for {@code systemctl status}. */
record DaemonState(IntSupplier port, Vault vault, Sessions sessions, ServedProfiles served) {
  /** The line. It never holds a secret. */
  String text() {
    List<OpenQuestion> questions = sessions.openQuestions();
    if (!questions.isEmpty()) {
      OpenQuestion first = questions.getFirst();
      return "waiting for you: %s asks for %s (%s)"
          .formatted(first.askedBy(), first.what(), first.driver());
    }
    if (vault.exists() && !vault.unlocked() && vault.needsPassphrase() && !vault.opensByItself()) {
      return "waiting for you: the vault is locked; run `jvault unlock`";
    }
    int ready = served.names().size();
    return "ready on http://127.0.0.1:"
        + port.getAsInt()
        + (ready > 0 ? ", serves profiles: " + ready : "");
  }
}
