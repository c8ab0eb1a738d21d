package dev.jvault.session;

import java.time.Duration;

/** How long a request of an SDK may wait for its answer. Safe for many threads. */
@FunctionalInterface
public interface SdkTimeouts {
  /** What SDKs allow: {@link SdkProvider} has the sources. */
  SdkTimeouts OF_THE_SDKS = SdkProvider::timeout;

  /** The longest wait of a request to this provider's endpoint. */
  Duration of(SdkProvider provider);
}
