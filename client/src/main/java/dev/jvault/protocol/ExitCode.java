package dev.jvault.protocol;

/** The exit status of a {@code jvault} process that did not become the user's command. */
public enum ExitCode {
  /** Success. */
  OK(0),
  /** A fault of jvault itself, or of the machine it runs on. */
  FAULT(1),
  /** The command line is wrong. */
  USAGE(2),
  /** The profile or its config file is wrong or missing. */
  PROFILE(3),
  /** The vault or the keyring cannot be opened, read or written. */
  VAULT(4),
  /** The user had to answer (MFA code, passphrase, login) and did not. */
  PERSON(5),
  /** AWS refused; trying again does not help. */
  DENIED(6),
  /** AWS, the network or a helper did not answer; trying again may work. */
  UNAVAILABLE(7),
  /** The daemon cannot be started, reached or understood. */
  DAEMON(8),
  /** {@code doctor} has found a problem. */
  PROBLEMS(9),
  /** The command exists but is not executable, as in POSIX shells. */
  NOT_EXECUTABLE(126),
  /** The command was not found, as in POSIX shells. */
  NOT_FOUND(127),
  /** Ctrl-C at a prompt: 128 + SIGINT. */
  INTERRUPTED(130),
  /** Ctrl-\ at a prompt: 128 + SIGQUIT. */
  QUIT(131);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The exit code with a status; {@link #DAEMON} if this version does not know the status. */
  public static ExitCode of(int status) {
    for (ExitCode code : values()) {
      if (code.status == status) {
        return code;
      }
    }
    return DAEMON;
  }

  /** The process's exit status, 0 to 255. */
  public int status() {
    return status;
  }
}
