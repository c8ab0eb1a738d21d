package dev.jvault.aws;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What the daemon's environment variables say about its host: whether it has the credentials of an
 * EC2 instance or a container, or runs inside {@code jvault exec}, whose variables point to jvault
 * itself.
 */
final class HostEnvironment {
  private static final String RELATIVE_URI = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String METADATA = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
  private static final String METADATA_MODE = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";

  /** The SDK's own property for the same. */
  private static final String METADATA_PROPERTY = "aws.ec2MetadataServiceEndpoint";

  private static final String DISABLED = "AWS_EC2_METADATA_DISABLED";

  /** The path of jvault's own endpoint; that of ECS is {@code /v2/credentials/…}. */
  private static final String OWN_PATH = "/credentials/";

  private final Map<String, String> environment;
  private final IntPredicate ownPort;

  /**
   * The environment of the daemon.
   *
   * @param ownPort whether this daemon listens on a port of loopback
   */
  HostEnvironment(Map<String, String> environment, IntPredicate ownPort) {
    this.environment = environment;
    this.ownPort = ownPort;
  }

  /** The endpoint of instance metadata: a configured one, or AWS's own. */
  String metadataEndpoint() {
    return variable(METADATA)
        .or(() -> Optional.ofNullable(System.getProperty(METADATA_PROPERTY)))
        .orElse(
            variable(METADATA_MODE).filter("IPv6"::equalsIgnoreCase).isPresent()
                ? "http://[fd00:ec2::254]"
                : "http://169.254.169.254");
  }

  /** Why jvault must not ask for the credentials of an instance; empty if it may. */
  Optional<String> noInstance() {
    if (uri(metadataEndpoint()).filter(this::isOwn).isPresent()) {
      return Optional.of(pointsToJvault(METADATA));
    }
    if (!variable(DISABLED).filter("true"::equalsIgnoreCase).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        insideExec()
            ? pointsToJvault(DISABLED)
            : DISABLED + " was set when the daemon was started; unset it and run `jvault restart`");
  }

  /** Why jvault must not ask for the credentials of a container; empty if it may. */
  Optional<String> noContainer() {
    Optional<String> relative = variable(RELATIVE_URI);
    Optional<String> full = variable(FULL_URI);
    if (relative.isEmpty() && full.isEmpty()) {
      return Optional.of(
          "the daemon was not started in a container: neither %s nor %s was set"
              .formatted(RELATIVE_URI, FULL_URI));
    }
    String which = relative.isPresent() ? RELATIVE_URI : FULL_URI;
    boolean own =
        insideExec()
            || relative.filter(path -> path.startsWith(OWN_PATH)).isPresent()
            || (relative.isEmpty()
                && full.flatMap(HostEnvironment::uri).filter(this::isOwn).isPresent());
    return own ? Optional.of(pointsToJvault(which)) : Optional.empty();
  }

  private boolean insideExec() {
    return variable("JVAULT_PROFILE").isPresent();
  }

  private boolean isOwn(URI uri) {
    String host = String.valueOf(uri.getHost());
    boolean loopback = host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
    return loopback
        && (insideExec()
            || ownPort.test(uri.getPort())
            || String.valueOf(uri.getPath()).startsWith(OWN_PATH));
  }

  private static String pointsToJvault(String variable) {
    return variable
        + " points to jvault itself, because the daemon was started inside `jvault exec`; run"
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
