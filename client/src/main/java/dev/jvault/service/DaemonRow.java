package dev.jvault.service;

/** What the status says of a daemon that systemd does not run. */
final class DaemonRow {
  private DaemonRow() {}

  static String of(DaemonControl daemon) {
    long pid = daemon.pid();
    return pid == 0
        ? "does not run; `jvault server --background` starts it, as the next login does"
        : "runs (pid " + pid + ")";
  }
}
