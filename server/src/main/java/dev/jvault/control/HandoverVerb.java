package dev.jvault.control;

import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.vault.KeySource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code handover}: leaves the ports to a daemon that the client starts next. The answer has a line
 * for each of that daemon's options, an empty one, and a line for each profile that is kept ready.
 * Where the vault is open by a passphrase, the client must have it for the next one.
 */
final class HandoverVerb implements Verb {
  private static final int TRIES = 3;

  private final Daemon daemon;

  HandoverVerb(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Reply run(Call call) {
    if (daemon.vault().unlocked()
        && daemon.vault().keySource().equals(Optional.of(KeySource.PASSPHRASE))) {
      askForPassphrase(call);
    }
    boolean shared = daemon.handOver().begin(call.callerEnd());
    List<String> options =
        shared
            ? List.of(
                "--share-port",
                Integer.toString(daemon.port()),
                "--predecessor",
                Long.toString(daemon.process().pid()))
            : List.of("--port-fallback");
    return Reply.out(
        Stream.of(options, List.of(""), daemon.sessions().kept())
            .flatMap(lines -> lines.stream())
            .reduce("", (text, line) -> text + line + "\n"));
  }

  /** Before anything is given up: the next daemon would stay locked without it. */
  private void askForPassphrase(Call call) {
    for (int tried = 0; tried < TRIES; tried++) {
      String again = tried > 0 ? "That was not it. " : "";
      Optional<Secret> answer =
          call.person()
              .ask(
                  new Question(
                      Question.Kind.PASSPHRASE, again + "Passphrase of the jvault vault: "));
      if (answer.isEmpty()) {
        break;
      }
      if (daemon.vault().opensWith(answer.get())) {
        return;
      }
    }
    throw new JvaultException(
        ExitCode.PERSON,
        "The vault's passphrase is needed, for the daemon that comes next would be locked; run"
            + " `jvault restart` on a terminal, or set JVAULT_PASSPHRASE_FILE.");
  }
}
