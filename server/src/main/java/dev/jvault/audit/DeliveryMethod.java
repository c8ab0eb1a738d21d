package dev.jvault.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a program gets credentials from the daemon. */
public enum DeliveryMethod {
  /** The container endpoint, at a profile's own path. */
  CONTAINER,
  /** The container endpoint, for a role that the program names by its ARN. */
  ROLE_ARN,
  /** The link-local address of ECS. */
  ECS,
  /** EKS pod identity. */
  EKS,
  /** Instance metadata. */
  IMDS,
  /** {@code jvault credential-process}. */
  CREDENTIAL_PROCESS,
  /** {@code jvault export}. */
  EXPORT,
  /** {@code jvault exec --env}. */
  EXEC_ENV,
  /** {@code jvault exec --no-session}. */
  NO_SESSION,
  /** {@code jvault login}: the AWS console, in a browser. */
  CONSOLE,
  /** Nothing was issued: the program sent no token. */
  NO_TOKEN;

  /** The name in the audit file and in the table, such as {@code role-arn}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The method with this name; empty for one of a newer version. */
  static Optional<DeliveryMethod> of(String text) {
    return Arrays.stream(values()).filter(method -> method.text().equals(text)).findFirst();
  }
}
