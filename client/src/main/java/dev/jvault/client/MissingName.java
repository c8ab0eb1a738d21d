package dev.jvault.client;

import java.util.List;
import java.util.Optional;

/**
 * Finds the profile of a command line that names none: that of {@code AWS_PROFILE}. A verb takes
 * part if its {@link Verb.Names} say so.
 */
final class MissingName {
  private static final String VARIABLE = "AWS_PROFILE";

  private final Client client;

  MissingName(Client client) {
    this.client = client;
  }

  /**
   * The name of the profile.
   *
   * @return empty if the user was asked and did not choose
   * @throws dev.jvault.protocol.JvaultException if no place names a profile
   */
  Optional<String> find(Verb verb) {
    String name = client.invocation().variable(VARIABLE);
    if (name.isEmpty()) {
      throw verb.nameMissing();
    }
    verb.refuseNoName(List.of(name));
    return Optional.of(name);
  }
}
