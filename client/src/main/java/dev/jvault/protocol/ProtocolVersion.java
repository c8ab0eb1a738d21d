package dev.jvault.protocol;

/** The version of the control protocol; both sides compare it before they read anything else. */
public final class ProtocolVersion {
  /** The only version that this build speaks. */
  public static final int CURRENT = 3;

  private ProtocolVersion() {}
}
