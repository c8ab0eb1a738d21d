package dev.jvault.profile;

import java.util.List;
import java.util.Optional;

/** The keys by which a profile says where its credentials come from. */
final class SourceKeys {
  /** A key in plain text, in either file. */
  static final List<String> PLAIN =
      List.of(
          "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token");

  private static final List<String> WEB_IDENTITY =
      List.of("web_identity_token_file", "web_identity_token_process");
  private static final List<String> SSO =
      List.of("sso_session", "sso_start_url", "sso_account_id", "sso_role_name");

  private SourceKeys() {}

  /** The key that names a source which jvault does not read, and that a role does not hide. */
  static Optional<Setting> foreign(Profile profile) {
    return webIdentity(profile)
        .or(() -> profile.firstOf(SSO))
        .or(() -> profile.setting("login_session"))
        .or(() -> profile.setting("credential_process"))
        .or(() -> profile.setting("credential_source"));
  }

  /** The role that the profile assumes; as in botocore, not where a web identity is given. */
  static Optional<Setting> role(Profile profile) {
    return profile.setting("role_arn").filter(_ -> webIdentity(profile).isEmpty());
  }

  /** The other profile that the credentials come from. */
  static Optional<Setting> source(Profile profile) {
    return profile
        .setting("source_profile")
        .filter(source -> !source.text().equals(profile.name()));
  }

  /** What kind of profile it is, in a word for a table. */
  static String kind(Profile profile) {
    if (role(profile).isPresent()) {
      return "role";
    }
    return switch (foreign(profile).map(Setting::key).orElse("")) {
      case "web_identity_token_file", "web_identity_token_process" -> "web-identity";
      case "login_session" -> "login";
      case "credential_process" -> "process";
      case "", "credential_source" -> "key";
      default -> "sso";
    };
  }

  private static Optional<Setting> webIdentity(Profile profile) {
    return profile.firstOf(WEB_IDENTITY);
  }
}
