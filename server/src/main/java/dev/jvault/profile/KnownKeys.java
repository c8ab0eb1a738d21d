package dev.jvault.profile;

import dev.jvault.protocol.NearestNames;
import dev.jvault.protocol.PrintableText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys that a profile's section may have: those that jvault reads, and those of botocore, the
 * AWS CLI, the other SDKs and aws-vault that it leaves to them.
 */
final class KnownKeys {
  private static final Set<String> READ =
      Set.of(
          "aws_access_key_id",
          "aws_secret_access_key",
          "aws_session_token",
          "aws_security_token",
          "ca_bundle",
          "credential_process",
          "credential_source",
          "duration_seconds",
          "endpoint_url",
          "external_id",
          "ignore_configured_endpoint_urls",
          "include_profile",
          "jvault_login",
          "jvault_redirect_port",
          "jvault_token_env",
          "login_session",
          "mfa_process",
          "mfa_serial",
          "parent_profile",
          "region",
          "role_arn",
          "role_session_name",
          "services",
          "session_tags",
          "source_identity",
          "source_profile",
          "sso_account_id",
          "sso_region",
          "sso_role_name",
          "sso_session",
          "sso_start_url",
          "sts_regional_endpoints",
          "transitive_session_tags",
          "use_dualstack_endpoint",
          "use_fips_endpoint",
          "web_identity_token_file",
          "web_identity_token_process");

  /** Keys that other programs read, so not misspelt ones. */
  private static final Set<String> OTHERS =
      Set.of(
          "account_id",
          "account_id_endpoint_mode",
          "api_versions",
          "auth_scheme_preference",
          "aws_account_id",
          "aws_account_id_endpoint_mode",
          "cli_auto_prompt",
          "cli_binary_format",
          "cli_error_format",
          "cli_follow_urlparam",
          "cli_help_output",
          "cli_history",
          "cli_pager",
          "cli_timestamp_format",
          "csm_client_id",
          "csm_enabled",
          "csm_host",
          "csm_port",
          "defaults_mode",
          "disable_request_compression",
          "ec2_metadata_service_endpoint",
          "ec2_metadata_service_endpoint_mode",
          "ec2_metadata_v1_disabled",
          "endpoint_discovery_enabled",
          "enable_endpoint_discovery",
          "granted_sso_account_id",
          "granted_sso_region",
          "granted_sso_role_name",
          "granted_sso_start_url",
          "max_attempts",
          "metadata_service_num_attempts",
          "metadata_service_timeout",
          "output",
          "parameter_validation",
          "request_checksum_calculation",
          "request_min_compression_size_bytes",
          "response_checksum_validation",
          "retry_mode",
          "s3",
          "s3_disable_express_session_auth",
          "s3_disable_multiregion_access_points",
          "s3_use_arn_region",
          "s3_us_east_1_regional_endpoint",
          "sdk_ua_app_id",
          "sigv4a_signing_region_set",
          "sso_auto_populated",
          "sso_registration_scopes",
          "tcp_keepalive",
          "user_agent_extra");

  /** Keys that name a source or a part of one. */
  private static final Set<String> SOURCES =
      Set.of(
          "aws_access_key_id",
          "aws_secret_access_key",
          "credential_process",
          "credential_source",
          "include_profile",
          "login_session",
          "role_arn",
          "source_profile",
          "sso_account_id",
          "sso_role_name",
          "sso_session",
          "web_identity_token_file",
          "web_identity_token_process");

  private static final String UNKNOWN = "is an unknown key; did you mean %s?";

  /** A key of fewer characters may differ in one character from a known one, others in two. */
  private static final int SHORT = 6;

  private KnownKeys() {}

  /** Whether jvault reads the key. */
  static boolean read(String key) {
    return READ.contains(key);
  }

  /**
   * Refuses a profile without a source that has a misspelt key of one; otherwise it would count as
   * the name of a key that is not stored yet.
   */
  static void refuseSlip(Profile profile) {
    for (Setting setting : profile.settings()) {
      if (doubt(setting).isPresent() && near(setting.key()).stream().anyMatch(SOURCES::contains)) {
        throw new Setting(PrintableText.quoted(setting.key()), "", setting.where())
            .wrong(UNKNOWN.formatted(String.join(", ", near(setting.key()))));
      }
    }
  }

  /** A sentence about an unknown key that is similar to one that jvault reads. */
  static Optional<String> doubt(Setting setting) {
    String key = setting.key();
    if (key.contains(".") || READ.contains(key) || OTHERS.contains(key)) {
      return Optional.empty();
    }
    List<String> near = near(key);
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s (%s) %s"
                .formatted(
                    PrintableText.quoted(key),
                    setting.where(),
                    UNKNOWN.formatted(String.join(", ", near))));
  }

  private static List<String> near(String key) {
    return NearestNames.within(key, key.length() < SHORT ? 1 : 2, READ);
  }

  /** All keys that jvault reads, for the page that lists them. */
  static Stream<String> all() {
    return READ.stream().sorted();
  }
}
