package dev.jvault.protocol;

/** The program version, from the root POM. */
public final class ProgramVersion {
  /** What {@code jvault version} prints, such as {@code 0.1.0}. */
  public static final String CURRENT = "${project.version}";

  private ProgramVersion() {}
}
