package dev.jvault.doctor;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether programs that know instance metadata only are kept from it. */
final class MetadataCheck implements Check {
  private static final String DISABLED = "AWS_EC2_METADATA_DISABLED";
  private static final String ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

  private final Supplier<List<String>> served;

  /**
   * The check.
   *
   * @param served the profiles that this daemon serves as instance metadata
   */
  MetadataCheck(Supplier<List<String>> served) {
    this.served = served;
  }

  @Override
  public String id() {
    return "metadata";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    boolean disabled =
        caller.value(DISABLED).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    Optional<String> endpoint = caller.value(ENDPOINT);
    Optional<URI> uri = endpoint.flatMap(Reachability::uri);
    if (disabled && endpoint.isPresent()) {
      return List.of(
          Finding.problem(
              DISABLED + " is true, and " + ENDPOINT + " is set.",
              "No SDK asks that endpoint while the first one is true.",
              "unset " + DISABLED));
    }
    if (endpoint.isPresent() && uri.filter(Reachability::listens).isEmpty()) {
      return List.of(
          Finding.problem(
              ENDPOINT + " leads to " + endpoint.get() + ", where nothing listens.",
              "SDKs find no instance metadata there.",
              "unset " + ENDPOINT));
    }
    List<String> profiles = served.get();
    if (disabled && !caller.withinExec() && !profiles.isEmpty()) {
      return List.of(
          Finding.note(
              DISABLED + " is true.",
              "Programs of this shell do not ask for the instance metadata of %s."
                  .formatted(String.join(", ", profiles)),
              "unset " + DISABLED));
    }
    return List.of(Finding.ok("Nothing keeps programs from instance metadata."));
  }
}
