package dev.jvault.profile;

import dev.jvault.protocol.CallerVariables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables of one caller, as far as jvault reads them: which files hold the profiles, which
 * region and endpoint are meant, what a helper needs. Empty values count as unset, as in every SDK.
 *
 * @param aws the variables of {@link CallerVariables#AWS} that are set
 * @param helper the variables of {@link CallerVariables#HELPER} that are set
 */
public record CallerEnvironment(SortedMap<String, String> aws, SortedMap<String, String> helper) {
  /** Keeps the listed variables of an environment and drops all others. */
  public static CallerEnvironment of(Map<String, String> environment) {
    return new CallerEnvironment(
        only(CallerVariables.AWS, environment), only(CallerVariables.HELPER, environment));
  }

  /** The value of one of the listed variables. */
  public Optional<String> get(String name) {
    String value = aws.get(name);
    return Optional.ofNullable(value != null ? value : helper.get(name));
  }

  /** One of the listed variables as a setting, where it is set. */
  public Optional<Setting> variable(String name) {
    return get(name).map(value -> Setting.variable(name, value));
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
