package dev.jvault.protocol;

/** The version of the control protocol, compared by both sides before anything else is read. */
public final class ProtocolVersion {
  /** The one version that this build speaks. */
  public static final int CURRENT = 2;

  private ProtocolVersion() {}
}
