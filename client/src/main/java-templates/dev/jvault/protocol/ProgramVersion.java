package dev.jvault.protocol;

/** The version of the program, as the build's root POM names it. */
public final class ProgramVersion {
  /** What {@code jvault version} prints, such as {@code 0.1.0}. */
  public static final String CURRENT = "${project.version}";

  private ProgramVersion() {}
}
