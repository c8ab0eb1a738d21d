package dev.jvault.sso;

import java.util.List;
import java.util.Optional;

/**
 * The closed set of answers of the access portal to a request for one page of a list.
 *
 * @param <T> what it lists
 */
public sealed interface PortalPage<T> {
  /**
   * A part of the list.
   *
   * @param next asks for the following part; empty if this is the last one
   */
  record Listed<T>(List<T> items, Optional<String> next) implements PortalPage<T> {
    /** Copies the items. */
    public Listed {
      items = List.copyOf(items);
    }
  }

  /** The portal rejects the token. */
  record TokenRejected<T>() implements PortalPage<T> {}

  /**
   * There is no answer that can be used.
   *
   * @param busy whether the portal has too many requests or trouble of its own, so that the same
   *     request may succeed a moment later
   */
  record Failed<T>(boolean busy, String sentence) implements PortalPage<T> {}
}
