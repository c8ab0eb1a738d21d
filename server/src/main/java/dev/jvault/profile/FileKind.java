package dev.jvault.profile;

/** The two files that hold profiles, which name their sections differently. */
enum FileKind {
  /**
   * {@code ~/.aws/config}: {@code [profile NAME]}, {@code [default]} and sections of other uses.
   */
  CONFIG,
  /** {@code ~/.aws/credentials}: {@code [NAME]}. */
  CREDENTIALS
}
