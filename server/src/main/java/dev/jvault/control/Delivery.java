package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The way by which a command finds the endpoint. */
enum Delivery {
  /** {@code AWS_CONTAINER_CREDENTIALS_FULL_URI} on loopback. */
  CONTAINER,
  /** {@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}, at 169.254.170.2. */
  ECS,
  /** {@code AWS_CONTAINER_CREDENTIALS_FULL_URI} at 169.254.170.23, as EKS pod identity has it. */
  EKS,
  /** {@code AWS_EC2_METADATA_SERVICE_ENDPOINT} on loopback. */
  IMDS;

  /** What the caller asked for: one of {@code ecs}, {@code eks}, {@code imds}, or nothing. */
  static Delivery of(Call call) {
    List<Delivery> wanted = Arrays.stream(values()).filter(way -> call.flag(way.option())).toList();
    if (wanted.size() > 1) {
      throw new JvaultException(
          ExitCode.USAGE,
          "--%s and --%s contradict each other; give one of them."
              .formatted(wanted.getFirst().option(), wanted.getLast().option()));
    }
    return wanted.isEmpty() ? CONTAINER : wanted.getFirst();
  }

  private String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
