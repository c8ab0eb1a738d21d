package dev.jvault.profile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that name the source of a profile's credentials. */
final class SourceKeys {
  /** A key in plain text, in either file. */
  static final List<String> PLAIN =
      List.of(
          "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token");

  /** Either of these makes a profile one with a key. */
  static final List<String> KEY_PAIR = List.of("aws_access_key_id", "aws_secret_access_key");

  private static final List<String> WEB_IDENTITY =
      List.of("web_identity_token_file", "web_identity_token_process");

  /** As in botocore: either of these makes a profile one of IAM Identity Center. */
  static final List<String> SSO = List.of("sso_account_id", "sso_role_name");

  /** These alone are for bearer tokens, and credentials come from another source, if any. */
  static final List<String> SSO_LOGIN = List.of("sso_start_url", "sso_session");

  private SourceKeys() {}

  /** The role that the profile assumes; as in botocore, empty if the profile has a web identity. */
  static Optional<Setting> role(Profile profile) {
    return profile.setting("role_arn").filter(_ -> webIdentity(profile).isEmpty());
  }

  /** The other profile that the credentials come from. */
  static Optional<Setting> source(Profile profile) {
    return profile
        .setting("source_profile")
        .filter(source -> !source.text().equals(profile.name()));
  }

  /** The key that names a web identity. */
  static Optional<Setting> webIdentity(Profile profile) {
    return profile.firstOf(WEB_IDENTITY);
  }

  /** The key that makes a profile one of IAM Identity Center. */
  static Optional<Setting> sso(Profile profile) {
    return profile.firstOf(SSO).or(() -> profile.setting("sso_start_url"));
  }

  /** One key of each source that the profile names. */
  static List<Setting> all(Profile profile) {
    return Stream.of(
            source(profile),
            profile.setting("credential_source"),
            webIdentity(profile),
            sso(profile),
            profile.firstOf(KEY_PAIR),
            profile.setting("login_session"),
            profile.setting("credential_process"))
        .flatMap(Optional::stream)
        .toList();
  }
}
