package dev.jvault.credential;

import dev.jvault.profile.CallerEnvironment;
import java.nio.file.Path;

/** Where the AWS CLI keeps the logins of {@code aws login}. */
final class LoginCache {
  private LoginCache() {}

  /** A caller's folder, which need not exist. */
  static Path of(CallerEnvironment caller) {
    return caller
        .get("AWS_LOGIN_CACHE_DIRECTORY")
        .map(folder -> caller.home().resolve(caller.expand(folder)))
        .orElseGet(() -> caller.home().resolve(".aws/login/cache"));
  }
}
