package dev.jvault.profile;

import dev.jvault.protocol.PrintableText;
import java.util.List;
import java.util.Optional;

/**
 * The source of a profile's credentials, and the setting that names it.
 *
 * @param profile the profile
 * @param kind what its credentials come from
 * @param decisive the setting that names the source; empty for a key in the vault
 * @param role the role that is taken with them
 * @param overruled settings that name another source and do not count
 */
record SourceChoice(
    Profile profile,
    Kind kind,
    Optional<Setting> decisive,
    Optional<Setting> role,
    List<Setting> overruled) {
  /** What credentials come from. */
  enum Kind {
    /** The key of the profile's name in the vault. */
    STORED_KEY,
    /** The profile that {@code source_profile} names. */
    PROFILE,
    /** A token of a web identity. */
    WEB_IDENTITY,
    /** IAM Identity Center. */
    SSO,
    /** A key in plain text. */
    PLAIN_KEY,
    /** The login that {@code aws login} caches. */
    LOGIN,
    /** A command. */
    PROCESS,
    /** {@code credential_source = Environment}. */
    ENVIRONMENT,
    /** {@code credential_source = Ec2InstanceMetadata}. */
    EC2,
    /** {@code credential_source = EcsContainer}. */
    ECS
  }

  /** The same with another role. */
  SourceChoice withRole(Setting other) {
    return new SourceChoice(profile, kind, decisive, Optional.of(other), overruled);
  }

  /** One sentence for each setting that does not count. */
  List<String> notes() {
    String winner = decisive.map(Setting::key).orElse("the key in the vault");
    return overruled.stream()
        .map(setting ->
            "Profile %s also has %s, which does not count: %s comes first."
                .formatted(PrintableText.quoted(profile.name()), setting, winner))
        .toList();
  }
}
