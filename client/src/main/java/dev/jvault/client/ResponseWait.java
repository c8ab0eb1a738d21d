package dev.jvault.client;

/** How long a client waits for the response to one request. */
@FunctionalInterface
interface ResponseWait {
  /** As long as the daemon takes, for example because the user is asked elsewhere. */
  ResponseWait FOREVER = (request, _) -> request.send();

  /** A request and its response. */
  @FunctionalInterface
  interface Exchange {
    /** Sends the request and returns the response. */
    Response send() throws NoDaemonException;
  }

  /**
   * Sends a request and waits for its response.
   *
   * @param signOfLife a request that each living daemon answers at once
   */
  Response await(Exchange request, Exchange signOfLife) throws NoDaemonException;
}
