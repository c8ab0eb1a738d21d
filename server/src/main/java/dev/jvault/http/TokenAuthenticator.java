package dev.jvault.http;

import java.util.Optional;

/** Identifies the owner of the token that a request carries. */
public interface TokenAuthenticator {
  /** The header that carries the token. */
  String header();

  /**
   * Compares a token with all valid ones, in constant time.
   *
   * @param token the whole value of the header, verbatim; empty if there is no such header
   * @return the id of its owner; empty if the token is not valid
   */
  Optional<String> authenticate(Optional<String> token);

  /**
   * Is told of each request of this user that was refused because it carries no token at all.
   *
   * @param path the requested path, never decoded
   */
  default void noToken(String path, Caller caller) {}
}
