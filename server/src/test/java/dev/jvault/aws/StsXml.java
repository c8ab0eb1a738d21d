package dev.jvault.aws;

/** Responses of STS as in the API reference. */
final class StsXml {
  static final String EXPIRATION = "2030-01-01T01:00:00Z";

  private StsXml() {}

  static String session() {
    return """
    <GetSessionTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <GetSessionTokenResult>%s</GetSessionTokenResult>
      <ResponseMetadata><RequestId>58c5dbae-abef-11e0-8cfe-09039844ac7d</RequestId></ResponseMetadata>
    </GetSessionTokenResponse>
    """
        .formatted(credentials());
  }

  static String federated() {
    return """
    <GetFederationTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <GetFederationTokenResult>
        <FederatedUser>
          <Arn>arn:aws:sts::123456789012:federated-user/jvault-me</Arn>
          <FederatedUserId>123456789012:jvault-me</FederatedUserId>
        </FederatedUser>
        <PackedPolicySize>6</PackedPolicySize>
        %s
      </GetFederationTokenResult>
      <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
    </GetFederationTokenResponse>
    """
        .formatted(credentials());
  }

  static String webIdentityRole() {
    return role()
        .replace("AssumeRole", "AssumeRoleWithWebIdentity")
        .replace("role/admin", "role/worker");
  }

  static String role() {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleResult>
        <AssumedRoleUser>
          <Arn>arn:aws:sts::210987654321:assumed-role/admin/me</Arn>
          <AssumedRoleId>ARO123EXAMPLE123:me</AssumedRoleId>
        </AssumedRoleUser>
        %s
      </AssumeRoleResult>
      <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
    </AssumeRoleResponse>
    """
        .formatted(credentials());
  }

  static String error(String code, String message) {
    return """
    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>
      <RequestId>140ec5aa-abef-11e0-8cfe-09039844ac7d</RequestId>
    </ErrorResponse>
    """
        .formatted(code, message);
  }

  private static String credentials() {
    return """
    <Credentials>
      <SessionToken>the+token/of=the==session</SessionToken>
      <SecretAccessKey>the/secret+of/the+session</SecretAccessKey>
      <Expiration>%s</Expiration>
      <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
    </Credentials>
    """
        .formatted(EXPIRATION);
  }
}
