package dev.jvault.launch;

import java.util.List;

/**
 * Variables that would win over the endpoint in some SDK, and hosts that must not go through a
 * proxy.
 */
final class ShadowingVariables {
  /** Variables that some SDK reads before it asks the endpoint. */
  static final List<String> VARIABLES =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          "AWS_CREDENTIAL_EXPIRATION",
          "AWS_PROFILE",
          "AWS_DEFAULT_PROFILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
          // Ruby reads these too.
          "AMAZON_ACCESS_KEY_ID",
          "AMAZON_SECRET_ACCESS_KEY",
          "AWS_ACCESS_KEY",
          "AWS_SECRET_KEY");

  /** Hosts without a proxy: Go, botocore and Ruby would ask the endpoint through one. */
  static final String NO_PROXY = "127.0.0.1,localhost,169.254.169.254,169.254.170.2,169.254.170.23";

  private ShadowingVariables() {}
}
