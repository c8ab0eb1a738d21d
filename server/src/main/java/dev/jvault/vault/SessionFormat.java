package dev.jvault.vault;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads and writes sessions and SSO logins as the content of {@code sessions.age}. */
final class SessionFormat {
  private static final String LIST = "sessions";
  private static final String SESSION = "session";
  private static final String PROFILE = "profile";
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

  /** The content of the file: sessions and logins, each by its key. */
  record Content(Map<String, StoredSession> sessions, Map<String, StoredLogin> logins) {
    static final Content NONE = new Content(Map.of(), Map.of());
  }

  static byte[] write(Content content) {
    Map<String, List<Map<String, String>>> lists = new LinkedHashMap<>();
    lists.put(LIST, entries(content.sessions(), SessionFormat::entry));
    lists.put(LoginFormat.LIST, entries(content.logins(), LoginFormat::entry));
    return VaultJson.write(lists);
  }

  static Content read(byte[] content) throws UnreadableFileException {
    Map<String, StoredSession> sessions = new LinkedHashMap<>();
    Map<String, StoredLogin> logins = new LinkedHashMap<>();
    VaultJson.read(
        content,
        LIST,
        Map.of(
            LIST,
            entry -> sessions.put(entry.required(SESSION), session(entry)),
            LoginFormat.LIST,
            entry -> logins.put(LoginFormat.key(entry), LoginFormat.login(entry))));
    return new Content(sessions, logins);
  }

  private static <T> List<Map<String, String>> entries(
      Map<String, T> all, BiFunction<String, T, Map<String, String>> entry) {
    return all.entrySet().stream().map(one -> entry.apply(one.getKey(), one.getValue())).toList();
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
    String keyName = entry.required(KEY_NAME);
    return new StoredSession(
        entry.optional(PROFILE).orElse(keyName), keyName, entry.required(LABEL), credentials);
  }

  private static Map<String, String> entry(String sessionKey, StoredSession session) {
    Map<String, String> entry = new LinkedHashMap<>();
    var credentials = session.credentials();
    entry.put(SESSION, sessionKey);
    entry.put(PROFILE, session.profile());
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
