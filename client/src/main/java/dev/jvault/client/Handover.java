package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;

/**
 * One daemon following another without a gap: the running one shares its ports and gives up its
 * files, the next one is started and opens the same ports, and the first one ends. What was kept
 * ready is kept ready by the next one.
 */
final class Handover {
  /** How the sentence of a daemon begins that is too old to hand over. */
  private static final String UNKNOWN = "The daemon knows no verb hand-over";

  private final Client client;
  private final RememberedAnswer person;

  private Handover(Client client, RememberedAnswer person) {
    this.client = client;
    this.person = person;
  }

  /**
   * Replaces the daemon that runs by one of this program.
   *
   * @return false where that daemon cannot hand over
   * @throws JvaultException if it refuses, or the next one does not start
   */
  static boolean replace(Client client) throws NoDaemonException {
    try (var person = new RememberedAnswer(client.prompter())) {
      return new Handover(client.with(person), person).run();
    }
  }

  private boolean run() throws NoDaemonException {
    var launcher = new DaemonLauncher(client.caller());
    try (var _ = StartLock.take(launcher.stateFolder())) {
      long pid = RunningDaemon.pid(client.caller());
      Response told;
      try {
        told = client.answerOfRunning("hand-over", new Form());
      } catch (JvaultException e) {
        if (e.sentence().startsWith(UNKNOWN)) {
          return false;
        }
        throw e;
      }
      if (told.exit() != ExitCode.OK.status()) {
        throw new JvaultException(ExitCode.of(told.exit()), told.message());
      }
      List<String> lines = told.text().lines().toList();
      int end = lines.indexOf("");
      List<String> options = lines.subList(0, end);
      if (options.equals(Client.ANY_PORT)) {
        // The system shares no ports: the old daemon is about to end.
        RunningDaemon.awaitEnd(pid, client.control());
      }
      try {
        launcher.start(options);
        takeOver(lines.subList(end + 1, lines.size()));
      } finally {
        // The next one has all it needs, or has not started: then nobody could find the old one.
        leave(pid);
      }
      return true;
    }
  }

  private void leave(long pid) {
    boolean _ = ProcessHandle.of(pid).map(ProcessHandle::destroy).orElse(false);
    if (!client.control().daemonListens()) {
      RunningDaemon.awaitEnd(pid, client.control());
    }
  }

  private void takeOver(List<String> kept) throws NoDaemonException {
    person.repeat();
    var form = new Form();
    kept.forEach(profile -> form.add("profile", profile));
    Response answer = client.answerOfRunning("take-over", form);
    client.warn(answer);
  }
}
