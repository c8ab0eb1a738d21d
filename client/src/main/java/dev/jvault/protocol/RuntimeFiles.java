package dev.jvault.protocol;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where jvault keeps its files. The launcher script, the client and the daemon compute the same
 * paths; nothing is created here.
 *
 * <p>{@code JVAULT_HOME} moves all of them. Otherwise they follow the XDG base directories, or lie
 * in {@code ~/Library/Application Support/jvault} on macOS. Sockets lie in {@code
 * $XDG_RUNTIME_DIR/jvault}, or in {@code jvault-UID} in the temporary directory if that is not set.
 *
 * @param vault the encrypted files, and the file that says where their key is kept
 * @param state files that survive a logout: port, grants, tokens, log
 * @param run files that end with the daemon: sockets, lock, ready files
 */
public record RuntimeFiles(Path vault, Path state, Path run) {
  /**
   * The paths for an environment.
   *
   * @param environment the caller's variables
   * @param osName the system property {@code os.name}
   * @param uid the numeric user id, for the temporary directory's folder
   */
  public static RuntimeFiles of(Map<String, String> environment, String osName, long uid) {
    String home = environment.getOrDefault("JVAULT_HOME", "");
    if (!home.isEmpty()) {
      Path root = Path.of(home).toAbsolutePath().normalize();
      return new RuntimeFiles(root.resolve("vault"), root.resolve("state"), root.resolve("run"));
    }
    Path user = Path.of(environment.getOrDefault("HOME", "/"));
    Path run = runtimeDirectory(environment, uid);
    if (osName.startsWith("Mac")) {
      Path support = user.resolve("Library/Application Support/jvault");
      return new RuntimeFiles(support.resolve("vault"), support.resolve("state"), run);
    }
    Path data = xdg(environment, "XDG_DATA_HOME", user.resolve(".local/share"));
    Path state = xdg(environment, "XDG_STATE_HOME", user.resolve(".local/state"));
    return new RuntimeFiles(data.resolve("jvault"), state.resolve("jvault"), run);
  }

  /** The owner-only Unix socket on which the client talks to the daemon. */
  public Path controlSocket() {
    return run.resolve("control.sock");
  }

  /** The file that a running daemon keeps locked; it contains the daemon's process id. */
  public Path daemonLock() {
    return run.resolve("daemon.lock");
  }

  /** The folder of ready files: one for each profile whose exec the launcher does without a JVM. */
  public Path readyFiles() {
    return run.resolve("ready");
  }

  /** The folder of the long-lived grants' token files. */
  public Path tokens() {
    return state.resolve("tokens");
  }

  /** The daemon's log. */
  public Path log() {
    return state.resolve("jvault.log");
  }

  /** The audit, one JSON object a line; older files end in a number. */
  public Path audit() {
    return state.resolve("audit.log");
  }

  private static Path runtimeDirectory(Map<String, String> environment, long uid) {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (runtime.startsWith("/")) {
      return Path.of(runtime, "jvault");
    }
    String temporary = environment.getOrDefault("TMPDIR", "");
    return Path.of(temporary.startsWith("/") ? temporary : "/tmp", "jvault-" + uid);
  }

  /** Ignores a relative path, as the XDG specification demands. */
  private static Path xdg(Map<String, String> environment, String name, Path otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.startsWith("/") ? Path.of(value) : otherwise;
  }
}
