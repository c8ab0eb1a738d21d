package dev.jvault.profile;

import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one caller: the locations of the config files, region and endpoint, and what
 * helper programs get. Empty values count as unset, as in every SDK.
 *
 * <p>Helpers get the caller's other variables too, as they would from an SDK. Those are in memory
 * only: {@link #all} leaves them out, and two callers who differ in them alone are equal.
 */
public final class CallerEnvironment {
  private final SortedMap<String, String> aws;
  private final SortedMap<String, String> listed;
  private final SortedMap<String, String> helper;

  private CallerEnvironment(
      SortedMap<String, String> aws,
      SortedMap<String, String> listed,
      SortedMap<String, String> helper) {
    this.aws = aws;
    this.listed = listed;
    this.helper = helper;
  }

  /** Keeps the variables of an environment that a caller may bring, and drops all others. */
  public static CallerEnvironment of(Map<String, String> environment) {
    SortedMap<String, String> aws = only(CallerVariables.AWS, environment);
    aws.putAll(only(CallerVariables.OPTIONS, environment));
    SortedMap<String, String> listed = only(CallerVariables.HELPER, environment);
    var helper = new TreeMap<>(listed);
    environment.forEach((name, value) -> {
      if (CallerVariables.forHelpers(name) && !value.isEmpty()) {
        helper.put(name, value);
      }
    });
    return new CallerEnvironment(
        Collections.unmodifiableSortedMap(aws),
        Collections.unmodifiableSortedMap(listed),
        Collections.unmodifiableSortedMap(helper));
  }

  /**
   * The variables of {@link CallerVariables#AWS} that are set, and those of {@link
   * CallerVariables#OPTIONS} that the caller gave.
   */
  public SortedMap<String, String> aws() {
    return aws;
  }

  /** What helper programs get: secrets may be among them. */
  public SortedMap<String, String> helper() {
    return helper;
  }

  /**
   * Whether it came with a call. One that was read from a file has the listed variables only,
   * because no other is ever written.
   */
  public boolean complete() {
    return helper.size() > listed.size();
  }

  /** The same caller with other values of some variables. */
  public CallerEnvironment with(Map<String, String> changed) {
    Map<String, String> all = new HashMap<>(helper);
    all.putAll(aws);
    all.putAll(changed);
    return of(all);
  }

  /** The value of one of the listed variables. */
  public Optional<String> get(String name) {
    String value = aws.get(name);
    return Optional.ofNullable(value != null ? value : listed.get(name));
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
    all.putAll(listed);
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallerEnvironment caller
        && aws.equals(caller.aws)
        && listed.equals(caller.listed);
  }

  @Override
  public int hashCode() {
    return 31 * aws.hashCode() + listed.hashCode();
  }

  /** The names only, because a value may be a secret. */
  @Override
  public String toString() {
    return "CallerEnvironment" + all().keySet();
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
