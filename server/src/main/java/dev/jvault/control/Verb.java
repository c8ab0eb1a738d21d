package dev.jvault.control;

/** One verb of the control API. */
@FunctionalInterface
interface Verb {
  /**
   * Does it, on a thread of its own, which may wait for the person.
   *
   * @throws dev.jvault.protocol.JvaultException with the sentence that the client prints
   */
  Reply run(Call call);
}
