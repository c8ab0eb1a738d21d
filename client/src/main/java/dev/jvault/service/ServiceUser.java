package dev.jvault.service;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.RuntimeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The user whose daemon it is, and the system.
 *
 * @param osName the system property {@code os.name}
 * @param uid the numeric user id
 * @param environment the caller's variables
 * @param files where jvault keeps this user's files
 * @param command the path of the command that an upgrade leaves the same
 * @param metadata whether the user asks for instance metadata, for which the daemon has to see who
 *     asks
 */
public record ServiceUser(
    String osName,
    long uid,
    Map<String, String> environment,
    RuntimeFiles files,
    Path command,
    boolean metadata) {
  private static final String HOME = "JVAULT_HOME";
  private static final String KEY_COMMAND = "JVAULT_KEY_COMMAND";
  private static final List<String> FOLDERS =
      List.of("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME");

  /** A user who does not ask for instance metadata. */
  public ServiceUser(
      String osName, long uid, Map<String, String> environment, RuntimeFiles files, Path command) {
    this(osName, uid, environment, files, command, false);
  }

  /** The same user, who asks for instance metadata or does not. */
  public ServiceUser withMetadata(boolean asked) {
    return new ServiceUser(osName, uid, environment, files, command, asked);
  }

  public ServiceUser {
    environment = Map.copyOf(environment);
  }

  boolean isMac() {
    return osName.startsWith("Mac");
  }

  /** The value of a variable, or an empty string. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /**
   * The variables that decide where the daemon keeps its files and how it opens the vault, as far
   * as the user has them. Every way of starting the daemon hands them over. They hold in any
   * working folder: JVAULT_HOME is made absolute, and relative XDG folders, which count nowhere,
   * are left out.
   */
  SortedMap<String, String> daemonVariables() {
    var variables = new TreeMap<String, String>();
    for (String name : FOLDERS) {
      if (variable(name).startsWith("/")) {
        variables.put(name, variable(name));
      }
    }
    if (!variable(HOME).isEmpty()) {
      variables.put(HOME, Path.of(variable(HOME)).toAbsolutePath().toString());
    }
    if (!variable(KEY_COMMAND).isEmpty()) {
      variables.put(KEY_COMMAND, variable(KEY_COMMAND));
    }
    return variables;
  }

  /**
   * The command line that runs jvault with these variables. env(1) sets them, because a desktop
   * entry has no key for them, and not every shell can set them before a command.
   *
   * @param word writes a word in the language of the file that the line is for
   */
  String commandLine(UnaryOperator<String> word) {
    var words = new ArrayList<String>();
    daemonVariables().forEach((name, value) -> words.add(word.apply(name + "=" + value)));
    if (!words.isEmpty()) {
      words.addFirst("env");
    }
    words.add(word.apply(command().toString()));
    return String.join(" ", words);
  }

  /** The user's name for a sentence that is a command. */
  String name() {
    String name = variable("USER").isEmpty() ? variable("LOGNAME") : variable("USER");
    return name.isEmpty() ? Long.toString(uid) : name;
  }

  /**
   * The home folder.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} if HOME is not an absolute path
   */
  Path home() {
    String home = variable("HOME");
    if (!home.startsWith("/")) {
      throw new JvaultException(
          ExitCode.FAULT,
          "HOME is not set to a folder, so there is no place for the service's files; set it, then"
              + " try again.");
    }
    return Path.of(home);
  }

  /** The folder of programs' settings: XDG_CONFIG_HOME, else {@code ~/.config}. */
  Path settings() {
    String folder = variable("XDG_CONFIG_HOME");
    return folder.startsWith("/") ? Path.of(folder) : home().resolve(".config");
  }
}
