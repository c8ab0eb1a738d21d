package dev.jvault.rotation;

import dev.jvault.credential.KeyCheck;
import java.util.Optional;

/**
 * The user that a key belongs to.
 *
 * @param name for IAM's calls; empty for the root user
 * @param words for sentences, such as {@code User me of account 123456789012}
 */
record KeyUser(Optional<String> name, String words) {
  static KeyUser of(KeyCheck.Known known) {
    String resource = known.arn().substring(known.arn().lastIndexOf(':') + 1);
    Optional<String> name =
        resource.startsWith("user/")
            ? Optional.of(resource.substring(resource.lastIndexOf('/') + 1))
            : Optional.empty();
    return new KeyUser(
        name,
        name.map(user -> "User " + user).orElse("The root user")
            + " of account "
            + known.account());
  }
}
