package dev.jvault.credential;

import dev.jvault.json.JsonText;
import dev.jvault.secret.SessionCredentials;

/** Credentials as the JSON that SDKs read. */
public final class CredentialDocument {
  private CredentialDocument() {}

  /**
   * The body of a container endpoint and of instance metadata that satisfies every SDK: whole
   * seconds and a literal {@code Z} (JavaScript), no nulls, {@code Code} exactly {@code Success}
   * (Rust, Kotlin), under 10,000 bytes (CRT).
   */
  public static byte[] container(SessionCredentials session) {
    return JsonText.object(json -> {
      JsonText.member(json, "Code", "Success");
      JsonText.member(json, "Type", "AWS-HMAC");
      JsonText.time(json, "LastUpdated", session.issued());
      JsonText.member(json, "AccessKeyId", session.accessKeyId());
      JsonText.member(json, "SecretAccessKey", session.secretAccessKey().reveal());
      JsonText.member(json, "Token", session.token().reveal());
      JsonText.time(json, "Expiration", session.expiration());
      JsonText.member(json, "AccountId", session.accountId());
      JsonText.member(json, "RoleArn", session.roleArn());
    });
  }

  /** What a {@code credential_process} prints: {@code Version} is the number 1. */
  public static byte[] process(SessionCredentials session) {
    return JsonText.object(json -> {
      JsonText.member(json, "Version", 1);
      JsonText.member(json, "AccessKeyId", session.accessKeyId());
      JsonText.member(json, "SecretAccessKey", session.secretAccessKey().reveal());
      JsonText.member(json, "SessionToken", session.token().reveal());
      JsonText.time(json, "Expiration", session.expiration());
      JsonText.member(json, "AccountId", session.accountId());
    });
  }
}
