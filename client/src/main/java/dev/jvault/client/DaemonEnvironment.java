package dev.jvault.client;

import dev.jvault.protocol.CallerVariables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The environment of a daemon that a client starts: the listed variables only. The caller's other
 * variables may hold a passphrase or an AWS secret, or must not affect the daemon's other callers.
 */
final class DaemonEnvironment {
  private static final List<String> NAMES =
      List.of(
          "USER",
          "LOGNAME",
          "LANG",
          "LC_ALL",
          "TZ",
          "TMPDIR",
          "XDG_CONFIG_HOME",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "XDG_CACHE_HOME",
          "JVAULT_KEY_COMMAND");

  /**
   * Variables by which a daemon in a container or on an instance finds the role of that place; none
   * holds a token. If {@code exec} set them, they lead to jvault itself: JVAULT_PROFILE tells the
   * daemon so.
   */
  private static final List<String> PLACE =
      List.of(
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_EC2_METADATA_DISABLED",
          "AWS_EC2_METADATA_V1_DISABLED",
          "AWS_EC2_METADATA_SERVICE_ENDPOINT",
          "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
          "AWS_METADATA_SERVICE_TIMEOUT",
          "JVAULT_PROFILE");

  /** Paths, made absolute because the daemon has another working directory. */
  private static final List<String> PATHS =
      List.of("JVAULT_HOME", "JVAULT_AOT_TRAIN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");

  private DaemonEnvironment() {}

  /** Replaces the map's content by the listed variables of the caller. */
  static void fill(Map<String, String> target, Invocation invocation) {
    target.clear();
    copy(target, invocation, CallerVariables.HELPER);
    copy(target, invocation, NAMES);
    copy(target, invocation, PLACE);
    for (String name : PATHS) {
      String value = invocation.variable(name);
      if (!value.isEmpty()) {
        target.put(name, Path.of(value).toAbsolutePath().toString());
      }
    }
  }

  private static void copy(Map<String, String> target, Invocation invocation, List<String> names) {
    for (String name : names) {
      String value = invocation.variable(name);
      if (!value.isEmpty()) {
        target.put(name, value);
      }
    }
  }
}
