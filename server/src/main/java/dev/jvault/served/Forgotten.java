package dev.jvault.served;

import dev.jvault.imds.ImdsListener;
import java.util.List;

/**
 * What ended when a profile was forgotten.
 *
 * @param profile the profile's name
 * @param grants the ids of its standing grants, which have ended
 * @param listeners its IMDS listeners, which are closed
 */
public record Forgotten(String profile, List<String> grants, List<ImdsListener> listeners) {
  /** Copies the lists. */
  public Forgotten {
    grants = List.copyOf(grants);
    listeners = List.copyOf(listeners);
  }
}
