package dev.jvault.profile;

import java.util.List;
import java.util.Optional;

/**
 * What is done about a {@code [default]} whose credentials every SDK would prefer to the endpoint.
 *
 * @param taken the keys that a command does not see there, each with {@code file:line}
 * @param keptAs the profile of the command's files that has all of them, where others name {@code
 *     default} as their source
 */
public record ShadowedDefault(List<String> taken, Optional<String> keptAs) {
  /** Copies the list. */
  public ShadowedDefault {
    taken = List.copyOf(taken);
  }
}
