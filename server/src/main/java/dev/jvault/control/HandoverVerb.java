package dev.jvault.control;

import dev.jvault.prompt.PassphraseQuestion;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import dev.jvault.session.Sessions;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * {@code handover}: hands the ports to a daemon that the client starts next. The reply has one line
 * for each option of that daemon, or {@link Routes#SOCKETS_KEPT}, an empty line, and one line for
 * each profile that is kept ready. If a passphrase opened the vault, the client must know it,
 * because the next daemon needs it too.
 */
final class HandoverVerb implements Verb {
  private final Vault vault;
  private final Sessions sessions;
  private final Handover handover;
  private final IntSupplier port;
  private final long pid;

  /**
   * The verb.
   *
   * @param port the endpoint's TCP port
   * @param pid the daemon's process id
   */
  HandoverVerb(Vault vault, Sessions sessions, Handover handover, IntSupplier port, long pid) {
    this.vault = vault;
    this.sessions = sessions;
    this.handover = handover;
    this.port = port;
    this.pid = pid;
  }

  @Override
  public Reply run(Call call) {
    if (vault.unlocked() && vault.keySource().equals(Optional.of(KeySource.PASSPHRASE))) {
      askForPassphrase(call);
    }
    List<String> options =
        switch (handover.begin(call.callerEnd())) {
          case SHARED ->
              List.of(
                  "--share-port",
                  Integer.toString(port.getAsInt()),
                  "--predecessor",
                  Long.toString(pid));
          case FREED -> List.of("--port-fallback");
          case KEPT -> List.of(Routes.SOCKETS_KEPT);
        };
    return Reply.ofOutput(
        Stream.of(options, List.of(""), sessions.kept())
            .flatMap(lines -> lines.stream())
            .reduce("", (text, line) -> text + line + "\n"));
  }

  /** Asks before anything is released: without the passphrase the next daemon stays locked. */
  private void askForPassphrase(Call call) {
    if (PassphraseQuestion.ask("", call.person()::ask, vault::opensWith)
        == PassphraseQuestion.Result.RIGHT) {
      return;
    }
    throw new JvaultException(
        ExitCode.PERSON,
        "The vault's passphrase is needed, because the next daemon would be locked without it; run"
            + " `jvault restart` on a terminal, or set JVAULT_PASSPHRASE_FILE.");
  }
}
