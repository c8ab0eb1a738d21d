package dev.jvault.doctor;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.CallerVariables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The caller whose set-up is examined.
 *
 * @param environment the variables that every verb gets
 * @param set the names of the variables that are set and not empty; values of keys are not sent
 * @param withheld the values of {@link CallerVariables#DELIVERY}, which other verbs do not get
 * @param program the version of the caller's command
 */
public record ExaminedCaller(
    CallerEnvironment environment, Set<String> set, Map<String, String> withheld, String program) {
  /** Copies the collections. */
  public ExaminedCaller {
    set = Set.copyOf(set);
    withheld = Map.copyOf(withheld);
  }

  /** The caller with the variables of a process that nobody else reads. */
  public static ExaminedCaller of(Map<String, String> variables, String program) {
    Map<String, String> present = new HashMap<>(variables);
    present.values().removeIf(String::isEmpty);
    Map<String, String> withheld = new HashMap<>(present);
    withheld.keySet().retainAll(CallerVariables.DELIVERY);
    return new ExaminedCaller(CallerEnvironment.of(variables), present.keySet(), withheld, program);
  }

  /** Whether a variable is set and not empty. */
  boolean sets(String name) {
    return set.contains(name) || value(name).isPresent();
  }

  /** A variable's value, if it is set and no key. */
  Optional<String> value(String name) {
    String value = withheld.get(name);
    if (value == null) {
      value = environment.helper().get(name);
    }
    return Optional.ofNullable(value)
        .filter(text -> !text.isEmpty())
        .or(() -> environment.get(name));
  }

  /** Whether the variables are those of {@code jvault exec}. */
  boolean withinExec() {
    return sets("JVAULT_PROFILE");
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "ExaminedCaller" + set;
  }
}
