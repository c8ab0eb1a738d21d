package dev.jvault.aws;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Where this daemon runs, as the variables of its process tell: on an EC2 instance, in a container,
 * or inside {@code jvault exec}, whose variables lead to jvault itself.
 */
final class HostEnvironment {
  private static final String RELATIVE_URI = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String METADATA = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
  private static final String DISABLED = "AWS_EC2_METADATA_DISABLED";

  /** The paths of grants; ECS has {@code /v2/credentials/…}. */
  private static final String OWN_PATH = "/credentials/";

  private final Map<String, String> environment;
  private final IntPredicate ownPort;

  /**
   * A place.
   *
   * @param ownPort whether this daemon listens on a port of loopback
   */
  HostEnvironment(Map<String, String> environment, IntPredicate ownPort) {
    this.environment = environment;
    this.ownPort = ownPort;
  }

  /** The endpoint of instance metadata that was chosen; empty for the usual one. */
  Optional<String> metadataEndpoint() {
    return variable(METADATA);
  }

  /** Why there are no credentials of an instance to be had. */
  Optional<String> noInstance() {
    if (metadataEndpoint().flatMap(HostEnvironment::uri).filter(this::isOwn).isPresent()) {
      return Optional.of(itself(METADATA));
    }
    if (!variable(DISABLED).filter("true"::equalsIgnoreCase).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        inside()
            ? itself(DISABLED)
            : DISABLED + " is set where the daemon was started; unset it and run `jvault restart`");
  }

  /** Why there are no credentials of a container to be had. */
  Optional<String> noContainer() {
    Optional<String> relative = variable(RELATIVE_URI);
    Optional<String> full = variable(FULL_URI);
    if (relative.isEmpty() && full.isEmpty()) {
      return Optional.of(
          "the daemon was started in none: neither %s nor %s was set"
              .formatted(RELATIVE_URI, FULL_URI));
    }
    String which = relative.isPresent() ? RELATIVE_URI : FULL_URI;
    boolean own =
        inside()
            || relative.filter(path -> path.startsWith(OWN_PATH)).isPresent()
            || (relative.isEmpty()
                && full.flatMap(HostEnvironment::uri).filter(this::isOwn).isPresent());
    return own ? Optional.of(itself(which)) : Optional.empty();
  }

  private boolean inside() {
    return variable("JVAULT_PROFILE").isPresent();
  }

  private boolean isOwn(URI uri) {
    String host = String.valueOf(uri.getHost());
    boolean loopback = host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
    return loopback
        && (inside()
            || ownPort.test(uri.getPort())
            || String.valueOf(uri.getPath()).startsWith(OWN_PATH));
  }

  private static String itself(String variable) {
    return variable
        + " leads to jvault itself, since the daemon was started inside `jvault exec`; run"
        + " `jvault restart` outside of it";
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
