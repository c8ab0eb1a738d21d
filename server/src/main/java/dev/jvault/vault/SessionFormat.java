package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sessions as the text inside {@code sessions.age}. */
final class SessionFormat {
  private static final String LIST = "sessions";
  private static final String SESSION = "session";
  private static final String KEY_NAME = "keyName";
  private static final String LABEL = "label";
  private static final String ACCESS_KEY_ID = "accessKeyId";
  private static final String SECRET_ACCESS_KEY = "secretAccessKey";
  private static final String SESSION_TOKEN = "sessionToken";
  private static final String ISSUED = "issued";
  private static final String EXPIRATION = "expiration";
  private static final String ACCOUNT_ID = "accountId";
  private static final String ROLE_ARN = "roleArn";

  private SessionFormat() {}

  static byte[] write(Map<String, StoredSession> sessions) {
    return VaultJson.write(
        LIST, sessions.entrySet().stream().map(s -> entry(s.getKey(), s.getValue())).toList());
  }

  static Map<String, StoredSession> read(byte[] content) throws UnreadableFileException {
    Map<String, StoredSession> sessions = new LinkedHashMap<>();
    VaultJson.read(content, LIST, entry -> sessions.put(entry.required(SESSION), session(entry)));
    return sessions;
  }

  private static StoredSession session(VaultJson.Entry entry) {
    var credentials =
        new SessionCredentials(
            new AccessKey(
                entry.required(ACCESS_KEY_ID), Secret.of(entry.required(SECRET_ACCESS_KEY))),
            Secret.of(entry.required(SESSION_TOKEN)),
            Instant.parse(entry.required(ISSUED)),
            Instant.parse(entry.required(EXPIRATION)),
            entry.optional(ACCOUNT_ID),
            entry.optional(ROLE_ARN));
    return new StoredSession(entry.required(KEY_NAME), entry.required(LABEL), credentials);
  }

  private static Map<String, String> entry(String sessionKey, StoredSession session) {
    Map<String, String> entry = new LinkedHashMap<>();
    var credentials = session.credentials();
    entry.put(SESSION, sessionKey);
    entry.put(KEY_NAME, session.keyName());
    entry.put(LABEL, session.label());
    entry.put(ACCESS_KEY_ID, credentials.accessKeyId());
    entry.put(SECRET_ACCESS_KEY, credentials.secretAccessKey().reveal());
    entry.put(SESSION_TOKEN, credentials.token().reveal());
    entry.put(ISSUED, credentials.issued().toString());
    entry.put(EXPIRATION, credentials.expiration().toString());
    credentials.accountId().ifPresent(id -> entry.put(ACCOUNT_ID, id));
    credentials.roleArn().ifPresent(arn -> entry.put(ROLE_ARN, arn));
    return entry;
  }
}
