package dev.jvault.client;

import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.OwnUid;
import dev.jvault.protocol.Routes;
import dev.jvault.protocol.RuntimeFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How this program was called.
 *
 * @param environment the caller's variables
 * @param files where jvault keeps this caller's files
 * @param uid the numeric user id
 * @param pid the process that becomes the user's command, or 0
 * @param program the version of this program
 * @param launcher the path of the launcher script, empty if this process has none
 * @param folder the caller's working folder
 * @param inputIsTerminal whether the caller's standard input is a terminal
 * @param outputIsTerminal whether standard output is a terminal
 */
record Invocation(
    Map<String, String> environment,
    RuntimeFiles files,
    long uid,
    long pid,
    String program,
    String launcher,
    Path folder,
    boolean inputIsTerminal,
    boolean outputIsTerminal) {
  /** The daemon keeps the values; certificates fit, and what build systems put there need not. */
  private static final int LONGEST_FOR_HELPERS = 32_000;

  private static final Pattern SET_UP = Pattern.compile("(AWS|AMAZON|JVAULT)_[A-Z0-9_]+");

  Invocation {
    environment = Map.copyOf(environment);
  }

  /** The invocation of this process, as the launcher describes it in system properties. */
  static Invocation current() {
    Map<String, String> environment = System.getenv();
    String uidText = System.getProperty("jvault.uid", "");
    long uid = uidText.isEmpty() ? OwnUid.get() : Long.parseLong(uidText);
    return new Invocation(
        environment,
        RuntimeFiles.of(environment, System.getProperty("os.name", "")),
        uid,
        Long.parseLong(System.getProperty("jvault.pid", "0")),
        System.getProperty("jvault.version", "0.0.0"),
        System.getProperty("jvault.launcher", ""),
        Path.of("").toAbsolutePath(),
        Boolean.getBoolean("jvault.stdin.tty"),
        Boolean.getBoolean("jvault.stdout.tty"));
  }

  /** The value of a variable, or an empty string. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Whether a variable holds the vault's passphrase or names a file that does. */
  boolean hasPassphrase() {
    return !variable("JVAULT_PASSPHRASE").isEmpty()
        || !variable("JVAULT_PASSPHRASE_FILE").isEmpty();
  }

  /** The AWS credentials in the caller's variables, one line for each variable. */
  byte[] awsCredentials() {
    return CallerVariables.KEY.stream()
        .filter(name -> !variable(name).isEmpty() && variable(name).indexOf('\n') < 0)
        .map(name -> name + "=" + variable(name) + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Adds the caller's variables that a verb needs, and facts about the caller, to its request. */
  void describe(Form form, SentVariables variables, boolean canAsk) {
    if (variables != SentVariables.NONE) {
      addAll(form, CallerVariables.AWS);
      addAll(form, variables == SentVariables.ALL ? CallerVariables.HELPER : List.of("HOME"));
    }
    if (variables == SentVariables.ALL) {
      addAll(form, forHelpers());
    }
    form.add(Routes.CALLER_TERMINAL, Boolean.toString(canAsk));
    form.add(Routes.CALLER_ZONE, CallerZone.of(this));
    form.add(Routes.CALLER_PASSPHRASE, Boolean.toString(hasPassphrase()));
    if (pid > 0) {
      form.add(Routes.CALLER_PID, Long.toString(pid));
    }
  }

  /**
   * Adds what {@code doctor} examines beside that: which variables of AWS and jvault are set, by
   * their names, and the values of those by which {@code exec} hands out credentials.
   */
  void describeSetUp(Form form) {
    environment.keySet().stream()
        .filter(name -> SET_UP.matcher(name).matches() && !variable(name).isEmpty())
        .sorted()
        .forEach(name -> form.add(Routes.CALLER_SET, name));
    addAll(form, CallerVariables.DELIVERY);
    form.add(Routes.CALLER_PROGRAM, program);
  }

  /** The other variables that helpers get. */
  private List<String> forHelpers() {
    return environment.keySet().stream()
        .filter(CallerVariables::forHelpers)
        .filter(name -> variable(name).length() <= LONGEST_FOR_HELPERS)
        .sorted()
        .toList();
  }

  private void addAll(Form form, List<String> names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null) {
        boolean path = CallerVariables.PATHS.contains(name);
        form.add(Routes.VARIABLE_PREFIX + name, path ? CallerPath.of(value) : value);
      }
    }
  }
}
