package dev.jvault.control;

/** One verb of the control API. */
@FunctionalInterface
interface Verb {
  /**
   * Runs on its own thread and may wait for the user.
   *
   * @throws dev.jvault.protocol.JvaultException if the verb fails; the client prints its sentence
   */
  Reply run(Call call);

  /**
   * Whether the verb only looks and waits for its client, so that it is interrupted once the client
   * has gone. A verb that changes something is not: it ends what it has begun.
   */
  default boolean endsWithItsClient() {
    return false;
  }
}
