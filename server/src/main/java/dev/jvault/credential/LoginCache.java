package dev.jvault.credential;

import dev.jvault.profile.CallerEnvironment;
import java.nio.file.Path;

/** Where the AWS CLI keeps the logins of {@code aws login}. */
final class LoginCache {
  private LoginCache() {}

  /** A caller's folder, which need not exist. */
  static Path of(CallerEnvironment caller) {
    Path home = Path.of(caller.get("HOME").orElseGet(() -> System.getProperty("user.home", "/")));
    return caller
        .get("AWS_LOGIN_CACHE_DIRECTORY")
        .map(folder ->
            folder.startsWith("~/") ? home.resolve(folder.substring(2)) : home.resolve(folder))
        .orElseGet(() -> home.resolve(".aws/login/cache"));
  }
}
