package dev.jvault.http;

import java.util.Optional;

/** Tells whose token a request carries. */
@FunctionalInterface
public interface Admission {
  /**
   * Compares a token with all that are valid, in constant time.
   *
   * @param authorization the whole value of the {@code Authorization} header, verbatim
   * @return the id of its owner
   */
  Optional<String> admit(String authorization);
}
