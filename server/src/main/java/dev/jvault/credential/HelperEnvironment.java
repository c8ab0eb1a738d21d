package dev.jvault.credential;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.CallerVariables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The environment of a command that prints credentials or a token: the caller's variables, which
 * after a restart of the daemon are only those that it keeps on disk. If the command calls jvault,
 * it reaches this daemon.
 */
final class HelperEnvironment {
  /** These change what a command prints. */
  private static final List<String> FILES =
      List.of(
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "JVAULT_CONFIG_FILE",
          "JVAULT_SHARED_CREDENTIALS_FILE");

  /** Of the daemon's own environment: where it keeps its files. */
  private static final List<String> OWN = List.of("JVAULT_HOME", "XDG_STATE_HOME");

  private final CallerEnvironment caller;
  private final UnaryOperator<String> own;

  /** The environment of a caller's command, with the variables of this process. */
  HelperEnvironment(CallerEnvironment caller) {
    this(caller, name -> System.getenv().getOrDefault(name, ""));
  }

  HelperEnvironment(CallerEnvironment caller, UnaryOperator<String> own) {
    this.caller = caller;
    this.own = own;
  }

  /** The whole environment. Tells a nested jvault that this profile waits for the command. */
  Map<String, String> within(String profile) {
    var all = new TreeMap<>(caller.helper());
    for (String name : OWN) {
      if (!own.apply(name).isEmpty()) {
        all.put(name, own.apply(name));
      }
    }
    caller
        .aws()
        .forEach((name, value) -> {
          if (!CallerVariables.OPTIONS.contains(name)) {
            all.put(name, value);
          }
        });
    all.merge(CallerVariables.WITHIN, profile, (outer, inner) -> outer + "\n" + inner);
    return all;
  }

  /** Whether it has all that the caller's own environment has. */
  boolean complete() {
    return caller.complete();
  }

  /** What of the environment changes the output of a command. */
  String fingerprint() {
    return FILES.stream()
        .map(name -> caller.get(name).orElse(""))
        .collect(Collectors.joining("\0"));
  }
}
