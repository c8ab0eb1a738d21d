package dev.jvault.profile;

import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables of one caller that jvault reads: the locations of the config files, region and
 * endpoint, and what helper programs need. Empty values count as unset, as in every SDK.
 *
 * @param aws the variables of {@link CallerVariables#AWS} that are set, and {@link
 *     CallerVariables#DURATION_OPTION} if the caller gave it
 * @param helper the variables of {@link CallerVariables#HELPER} that are set
 */
public record CallerEnvironment(SortedMap<String, String> aws, SortedMap<String, String> helper) {
  /** Keeps the listed variables of an environment and drops all others. */
  public static CallerEnvironment of(Map<String, String> environment) {
    SortedMap<String, String> aws = only(CallerVariables.AWS, environment);
    aws.putAll(only(List.of(CallerVariables.DURATION_OPTION), environment));
    return new CallerEnvironment(aws, only(CallerVariables.HELPER, environment));
  }

  /** The value of one of the listed variables. */
  public Optional<String> get(String name) {
    String value = aws.get(name);
    return Optional.ofNullable(value != null ? value : helper.get(name));
  }

  /** One of the listed variables as a setting, if it is set. */
  public Optional<Setting> variable(String name) {
    return get(name).map(value -> Setting.variable(name, value));
  }

  /**
   * The caller's home folder; that of this process's user if the caller has none.
   *
   * @throws JvaultException if HOME is not an absolute path
   */
  public Path home() {
    try {
      Path home = Path.of(get("HOME").orElseGet(() -> System.getProperty("user.home", "/")));
      if (home.isAbsolute()) {
        return home;
      }
    } catch (InvalidPathException e) {
      throw new JvaultException(ExitCode.PROFILE, "HOME is no path on this system; correct it.", e);
    }
    throw new JvaultException(
        ExitCode.PROFILE, "HOME is a relative path; set it to an absolute one.");
  }

  /**
   * A path as a user writes it, with {@code ~/} for the caller's home.
   *
   * @throws InvalidPathException if it cannot be a path on this system
   */
  public Path expand(String path) {
    return path.startsWith("~/") ? home().resolve(path.substring(2)) : Path.of(path);
  }

  /** All listed variables that are set, for a form or a file. */
  public Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(aws);
    all.putAll(helper);
    return all;
  }

  private static SortedMap<String, String> only(
      Iterable<String> names, Map<String, String> environment) {
    var kept = new TreeMap<String, String>();
    for (String name : names) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        kept.put(name, value);
      }
    }
    return kept;
  }
}
