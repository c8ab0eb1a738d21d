package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.locks.LockSupport;

/** The process that holds the control socket, seen from outside. */
final class RunningDaemon {
  private static final int ATTEMPTS = 6000;
  private static final long PAUSE_NANOS = 10_000_000;

  private RunningDaemon() {}

  /** The process id in the daemon's lock file, or 0. */
  static long pid(Invocation caller) {
    try {
      return Long.parseLong(Files.readString(caller.files().daemonLock()).strip());
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }

  /** Ends a daemon that does not understand our {@code stop}. */
  static void terminate(long pid, JvaultException otherwise) {
    boolean asked = pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::destroy).orElse(false);
    if (!asked) {
      throw otherwise;
    }
  }

  /** Waits until the process has ended and nobody listens any more; false after a minute. */
  static boolean awaitEnd(long pid, ControlClient control) {
    for (int i = 0; i < ATTEMPTS; i++) {
      boolean lives = pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
      if (!lives && !control.daemonListens()) {
        return true;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  /**
   * Replaces a daemon of another program version, or asks one that cannot hand over to make room.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} when it still serves somebody
   */
  static void retireOtherVersion(Client client) {
    ControlClient control = client.control();
    try {
      Response theirs = control.anyVersion("version", new Form());
      boolean ours = theirs.header(Routes.PROGRAM).equals(client.caller().program());
      if (ours && theirs.speaksOurProtocol()) {
        return;
      }
      if (theirs.speaksOurProtocol() && Handover.replace(client)) {
        return;
      }
      long pid = pid(client.caller());
      Response answer = control.anyVersion("retire", new Form());
      if (answer.status() != 200) {
        throw control.otherVersion(answer);
      }
      if (answer.exit() != ExitCode.OK.status()) {
        throw answer.message().isEmpty()
            ? control.otherVersion(answer)
            : new JvaultException(ExitCode.DAEMON, answer.message());
      }
      awaitEnd(pid, control);
    } catch (NoDaemonException _) {
      // The one that is started then is of our version.
    }
  }
}
