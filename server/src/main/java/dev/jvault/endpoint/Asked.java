package dev.jvault.endpoint;

import dev.jvault.audit.Way;
import dev.jvault.session.Consumer;
import java.util.Optional;

/**
 * What a request for credentials asks for, besides the profile of its grant.
 *
 * @param way how they are to leave
 * @param role the ARN of a role above the profile, where one is named
 */
public record Asked(Way way, Optional<String> role) {
  /** Asks for the profile itself. */
  public Asked(Way way) {
    this(way, Optional.empty());
  }

  Consumer consumer() {
    return way == Way.IMDS ? Consumer.INSTANCE_METADATA : Consumer.CONTAINER;
  }
}
