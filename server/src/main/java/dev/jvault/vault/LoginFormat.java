package dev.jvault.vault;

import dev.jvault.secret.OidcClient;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes logins to IAM Identity Center as entries of {@code sessions.age}. */
final class LoginFormat {
  static final String LIST = "logins";

  private static final String LOGIN = "login";
  private static final String NAME = "name";
  private static final String CLIENT_ID = "clientId";
  private static final String CLIENT_SECRET = "clientSecret";
  private static final String CLIENT_EXPIRES = "clientExpires";
  private static final String CLIENT_TERMS = "clientTerms";
  private static final String ACCESS_TOKEN = "accessToken";
  private static final String REFRESH_TOKEN = "refreshToken";
  private static final String EXPIRATION = "expiration";
  private static final String SHARED = "shared";

  private LoginFormat() {}

  static String key(VaultJson.Entry entry) {
    return entry.required(LOGIN);
  }

  static StoredLogin login(VaultJson.Entry entry) {
    var client =
        new OidcClient(
            entry.required(CLIENT_ID),
            Secret.of(entry.required(CLIENT_SECRET)),
            Instant.parse(entry.required(CLIENT_EXPIRES)));
    var token =
        entry
            .optional(ACCESS_TOKEN)
            .map(access ->
                new SsoToken(
                    Secret.of(access),
                    entry.optional(REFRESH_TOKEN).map(Secret::of),
                    Instant.parse(entry.required(EXPIRATION))));
    return new StoredLogin(
        entry.required(NAME), client, entry.required(CLIENT_TERMS), token, entry.optional(SHARED));
  }

  static Map<String, String> entry(String key, StoredLogin login) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put(LOGIN, key);
    entry.put(NAME, login.name());
    entry.put(CLIENT_ID, login.client().id());
    entry.put(CLIENT_SECRET, login.client().secret().reveal());
    entry.put(CLIENT_EXPIRES, login.client().expires().toString());
    entry.put(CLIENT_TERMS, login.terms());
    login
        .token()
        .ifPresent(token -> {
          entry.put(ACCESS_TOKEN, token.access().reveal());
          token.refresh().ifPresent(refresh -> entry.put(REFRESH_TOKEN, refresh.reveal()));
          entry.put(EXPIRATION, token.expiration().toString());
        });
    login.sharedHash().ifPresent(hash -> entry.put(SHARED, hash));
    return entry;
  }
}
