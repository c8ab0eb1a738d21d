package dev.jvault.linklocal;

/** Who answers at an address, seen from this process. */
interface AddressProbe {
  /** Whether port 80 of the address accepts a connection, within 300 ms. */
  boolean connects(LinkLocalAddress address);

  /**
   * Whether what answers on port 80 speaks as jvault does there: a session token for the asking at
   * the address of instance metadata, and 401 without a token at the others; within 2 s.
   */
  boolean answers(LinkLocalAddress address);
}
