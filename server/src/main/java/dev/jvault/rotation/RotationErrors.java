package dev.jvault.rotation;

import dev.jvault.credential.Iam;
import dev.jvault.credential.Iam.Answer.Failed;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKeyIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sentences of rotations that stop. Each says what holds now, and what to do. */
final class RotationErrors {
  private RotationErrors() {}

  /** AWS did not do a step. */
  static JvaultException step(Failed<?> failed, String holds, KeyInPlace key) {
    String mfa =
        failed.fault() == Iam.Fault.NOT_ALLOWED && !key.mfa()
            ? " If a policy allows it with MFA only, set mfa_serial in the profile."
            : "";
    return new JvaultException(
        failed.fault() == Iam.Fault.UNAVAILABLE ? ExitCode.UNAVAILABLE : ExitCode.DENIED,
        "%s %s%s `jvault rotate %s` goes on from here."
            .formatted(failed.sentence(), holds, mfa, key.name()));
  }

  /** The user has two keys already. */
  static JvaultException twoKeys(
      String user,
      List<Iam.ListedKey> listed,
      Function<String, List<String>> names,
      Instant now,
      KeyInPlace key) {
    String both =
        listed.stream()
            .map(one -> shown(one, names.apply(one.accessKeyId()), now))
            .collect(Collectors.joining("; "));
    String free =
        listed.stream()
            .map(Iam.ListedKey::accessKeyId)
            .filter(id -> names.apply(id).isEmpty())
            .findFirst()
            .map(id ->
                "If no program uses %1$s, delete it (`aws iam delete-access-key --access-key-id %1$s`) and"
                    .formatted(id))
            .orElse("Delete the one that is not needed, `jvault remove` it if it is stored, and");
    return new JvaultException(
        ExitCode.DENIED,
        "%s has two keys already, and AWS allows no third: %s. %s run `jvault rotate %s` again."
            .formatted(user, both, free, key.name()));
  }

  /** The user has two keys already, which AWS does not list for it. */
  static JvaultException twoUnknownKeys(String user, KeyInPlace key) {
    return new JvaultException(
        ExitCode.DENIED,
        "%s has two keys already, AWS allows no third, and it does not let the user list them (iam:ListAccessKeys); delete the one that jvault does not hold, then run `jvault rotate %s` again."
            .formatted(user, key.name()));
  }

  /** The secret of a new key is lost, and the key cannot be found. */
  static JvaultException lost(Failed<?> failed, KeyInPlace key) {
    return new JvaultException(
        failed.fault() == Iam.Fault.UNAVAILABLE ? ExitCode.UNAVAILABLE : ExitCode.DENIED,
        "An earlier rotation of %1$s ended while AWS made a key, whose secret is lost if it was made: %2$s The old key stays in use; allow iam:ListAccessKeys and iam:DeleteAccessKey, or delete that key by hand and store the old one again with `jvault add --replace %1$s`."
            .formatted(key.name(), failed.sentence()));
  }

  /** AWS does not come to know the new key. */
  static JvaultException notKnown(String id, Optional<String> why, KeyInPlace key) {
    return new JvaultException(
        ExitCode.UNAVAILABLE,
        "AWS has made the key %s, but does not know it yet after a minute%s; it is stored beside the old one, which stays in use. Run `jvault rotate %s` again in a few minutes."
            .formatted(id, why.map(sentence -> " (" + sentence + ")").orElse(""), key.name()));
  }

  /** A second rotation of the same key. */
  static JvaultException busy(String name) {
    return new JvaultException(
        ExitCode.UNAVAILABLE,
        "The key of %s is being rotated by another command; wait for that one.".formatted(name));
  }

  private static String shown(Iam.ListedKey key, List<String> names, Instant now) {
    return "%s, %s, %s, %s"
        .formatted(
            AccessKeyIds.shown(key.accessKeyId()),
            names.isEmpty()
                ? "which jvault does not hold"
                : "which jvault holds for " + String.join(", ", names),
            KeyAge.words(key.created(), now),
            key.active() ? "active" : "inactive");
  }
}
