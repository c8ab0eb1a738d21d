package dev.jvault.http;

import java.util.Optional;

/** Tells whose token a request carries. */
public interface TokenAuthenticator {
  /** The header that carries the token. */
  String header();

  /**
   * Compares a token with all that are valid, in constant time.
   *
   * @param token the header's whole value, verbatim; empty where there is no such header
   * @return the id of its owner
   */
  Optional<String> authenticate(Optional<String> token);
}
