package dev.jvault.peer;

/** A question that the kernel did not answer over netlink. */
final class NetlinkException extends Exception {
  private static final long serialVersionUID = 1L;

  NetlinkException(String step, int errno) {
    super(step + " failed with errno " + errno);
  }

  NetlinkException(String step, RuntimeException cause) {
    super(step, cause);
  }
}
