package dev.jvault.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where jvault keeps its files. The launcher script, the client and the daemon compute the same
 * paths; nothing is created here.
 *
 * <p>{@code JVAULT_HOME} moves all of them. Otherwise they follow the XDG base directories, or lie
 * in {@code ~/Library/Application Support/jvault} on macOS. The daemon's lock and its control
 * socket are found from the vault, so that every caller of one vault finds the same daemon: cron,
 * sudo and ssh have other values of {@code XDG_RUNTIME_DIR} and {@code TMPDIR}, or none.
 *
 * @param vault the encrypted files, the file that says where their key is kept, the daemon's lock
 * @param state files that survive a logout: port, grants, tokens, log
 * @param run files that end with the daemon: control socket, ready files
 */
public record RuntimeFiles(Path vault, Path state, Path run) {
  /**
   * The paths for an environment.
   *
   * @param environment the caller's variables
   * @param osName the system property {@code os.name}
   */
  public static RuntimeFiles of(Map<String, String> environment, String osName) {
    String home = environment.getOrDefault("JVAULT_HOME", "");
    if (!home.isEmpty()) {
      return within(Path.of(home).toAbsolutePath());
    }
    Path user = Path.of(home(environment));
    if (osName.startsWith("Mac")) {
      return within(user.resolve("Library/Application Support/jvault"));
    }
    Path data = xdg(environment, "XDG_DATA_HOME", user.resolve(".local/share")).resolve("jvault");
    Path state = xdg(environment, "XDG_STATE_HOME", user.resolve(".local/state"));
    return new RuntimeFiles(data, state.resolve("jvault"), data.resolve("run"));
  }

  /** The user's home: HOME, or what the system knows if that is not set. */
  public static String home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return home.isEmpty() ? System.getProperty("user.home", "/") : home;
  }

  /**
   * The same files by their real paths, so that a link which is changed later does not lead a
   * running daemon into another vault.
   */
  public RuntimeFiles real() {
    return new RuntimeFiles(real(vault), real(state), real(run));
  }

  /**
   * The owner-only Unix socket on which the client talks to the daemon. If no socket can be made
   * here, because the path is too long or the file system has none, this is a file with the path of
   * the socket.
   */
  public Path controlSocket() {
    return run.resolve("control.sock");
  }

  /**
   * The file that a running daemon keeps locked; its content is a {@link DaemonLock}. It is not
   * among the runtime files, because a daemon must keep its lock if those are deleted.
   */
  public Path daemonLock() {
    return vault.resolve("daemon.lock");
  }

  /** The folder of ready files: one for each profile whose exec the launcher does without a JVM. */
  public Path readyFiles() {
    return run.resolve("ready");
  }

  /** The folder of the names from which the launcher answers completions without a JVM. */
  public Path completion() {
    return run.resolve("completion");
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

  private static RuntimeFiles within(Path root) {
    return new RuntimeFiles(root.resolve("vault"), root.resolve("state"), root.resolve("run"));
  }

  /** The real path of a file that need not exist. */
  public static Path real(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    try {
      return path.toRealPath();
    } catch (IOException _) {
      Path name = path.getFileName();
      return parent == null || name == null ? path : real(parent).resolve(name);
    }
  }

  /** Ignores a relative path, as the XDG specification demands. */
  private static Path xdg(Map<String, String> environment, String name, Path otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.startsWith("/") ? Path.of(value) : otherwise;
  }
}
