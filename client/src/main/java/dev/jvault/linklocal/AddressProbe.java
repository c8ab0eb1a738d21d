package dev.jvault.linklocal;

/** Finds out what answers at an address, as this process sees it. */
interface AddressProbe {
  /** Whether port 80 of the address accepts a connection, within 300 ms. */
  boolean connects(LinkLocalAddress address);

  /**
   * Whether port 80 answers as jvault does, within 2 s: with a session token at the address of
   * instance metadata, with 401 for a request without a token at the others.
   */
  boolean answers(LinkLocalAddress address);
}
