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
}
