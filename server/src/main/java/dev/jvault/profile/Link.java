package dev.jvault.profile;

import java.util.Optional;

/** A profile on the way to the one asked for, with what its credentials come from. */
record Link(Profile profile, SourceChoice choice) {
  /** The role that the profile takes. */
  Optional<Setting> role() {
    return choice.role();
  }
}
