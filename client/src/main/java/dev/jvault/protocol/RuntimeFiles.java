package dev.jvault.protocol;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where jvault keeps its files, computed alike by the launcher script, the client and the daemon.
 *
 * <p>{@code JVAULT_HOME} moves all of it. Otherwise the XDG base directories decide, on macOS
 * {@code ~/Library/Application Support/jvault}; sockets lie in {@code $XDG_RUNTIME_DIR/jvault} or,
 * without one, in {@code jvault-UID} in the temporary directory. Nothing is created here.
 *
 * @param vault the encrypted files and the note of where their key is kept
 * @param state what survives a logout: port, grants, tokens, log
 * @param run what ends with the daemon: sockets, lock, ready files
 */
public record RuntimeFiles(Path vault, Path state, Path run) {
  /**
   * The locations for an environment.
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

  /** The file that a running daemon holds locked; it contains the daemon's process id. */
  public Path daemonLock() {
    return run.resolve("daemon.lock");
  }

  /** The folder of ready files, one for each profile that the launcher can serve without a JVM. */
  public Path readyFiles() {
    return run.resolve("ready");
  }

  /** The folder of the token files of long-lived grants. */
  public Path tokens() {
    return state.resolve("tokens");
  }

  /** The daemon's log. */
  public Path log() {
    return state.resolve("jvault.log");
  }

  /** Who was given which credentials: one JSON object a line; older ones end in a number. */
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

  /** The XDG specification says that a relative path is to be ignored. */
  private static Path xdg(Map<String, String> environment, String name, Path otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.startsWith("/") ? Path.of(value) : otherwise;
  }
}
