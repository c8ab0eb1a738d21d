package dev.jvault.control;

import java.util.Map;
import java.util.Optional;

/** The verbs of the control API, by name. */
public final class Verbs {
  private final Map<String, Verb> byName;

  Verbs(Map<String, Verb> byName) {
    this.byName = Map.copyOf(byName);
  }

  Optional<Verb> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
