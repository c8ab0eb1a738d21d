package dev.jvault.doctor;

import java.io.IOException;
import java.util.List;

/** One thing that is checked. Checks run side by side, each on a thread of its own. */
public interface Check {
  /** Its name in JSON, which never changes. */
  String id();

  /**
   * Looks, and changes nothing.
   *
   * @return at least one finding
   * @throws IOException if a file cannot be looked at
   * @throws dev.jvault.protocol.JvaultException if a file or the vault cannot be used; its sentence
   *     becomes the finding
   */
  List<Finding> examine(ExaminedCaller caller) throws IOException;
}
