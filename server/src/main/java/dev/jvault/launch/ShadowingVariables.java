package dev.jvault.launch;

import java.util.List;

/** Variables that would win over the endpoint in some SDK. */
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
          "AWS_SECRET_KEY",
          // Files of keys: of boto and botocore, and of version 1 of the SDK for Java.
          "AWS_CREDENTIAL_FILE",
          "AWS_CREDENTIAL_PROFILES_FILE");

  private ShadowingVariables() {}
}
