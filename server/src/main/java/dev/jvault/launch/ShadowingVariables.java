package dev.jvault.launch;

import java.util.List;

/** What would win over the endpoint, or lead around it, in some SDK. */
final class ShadowingVariables {
  /** Variables that an earlier link of some SDK's chain reads. */
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

  /** Go, botocore and Ruby send requests to other hosts through a proxy. */
  static final String NO_PROXY = "127.0.0.1,localhost,169.254.169.254,169.254.170.2,169.254.170.23";

  private ShadowingVariables() {}
}
