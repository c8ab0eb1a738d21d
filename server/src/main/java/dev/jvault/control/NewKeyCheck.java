package dev.jvault.control;

import dev.jvault.clock.Sleeper;
import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Sts;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.AccessKeyIds;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks AWS whose a key is before it is stored. IAM takes some seconds to know a new key, so AWS is
 * asked again for a while. An answer that says nothing about the key does not keep it from being
 * stored.
 */
final class NewKeyCheck {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** With five seconds for each call, and the pauses, a check ends within 40 seconds. */
  private static final int MOST_CALLS = 6;

  private final Sts sts;
  private final Profiles profiles;
  private final Sleeper sleeper;

  NewKeyCheck(Sts sts, Profiles profiles, Sleeper sleeper) {
    this.sts = sts;
    this.profiles = profiles;
    this.sleeper = sleeper;
  }

  /**
   * Checks a key where its profile's requests go.
   *
   * @return what the user should know: whose the key is, or why that is unknown
   * @throws JvaultException with {@link ExitCode#DENIED} if AWS refuses the key and the user does
   *     not want it stored anyway
   */
  String line(AccessKey key, String name, Call call) {
    if (call.flag("no-check")) {
      return "AWS was not asked whether it knows the key (--no-check).";
    }
    if (!AccessKeyIds.ofAws(key.accessKeyId())) {
      return "AWS was not asked whether it knows the key, because its ID is none of AWS's.";
    }
    return switch (check(key, name, call)) {
      case KeyCheck.Known(String account, String arn) ->
          "AWS knows the key: it is %s in account %s.".formatted(who(arn), account);
      case KeyCheck.UnknownId _ ->
          refused(
              "AWS does not know the key %s: it is mistyped, deleted or inactive, or the account has not enabled the profile's region."
                  .formatted(key.accessKeyId()),
              call);
      case KeyCheck.WrongSecret _ ->
          refused(
              "AWS knows the key %s, but the secret is not the one that belongs to it."
                  .formatted(key.accessKeyId()),
              call);
      case KeyCheck.Unchecked(String sentence) ->
          "It could not be checked whether AWS knows the key: " + sentence;
    };
  }

  private KeyCheck check(AccessKey key, String name, Call call) {
    Optional<ServiceTarget> target;
    try {
      Chain chain = profiles.assuming(name::equals).resolve(name, call.environment());
      target = StsTarget.of(chain);
    } catch (JvaultException e) {
      return new KeyCheck.Unchecked(e.sentence());
    }
    return target
        .map(found -> patiently(key, found, call))
        .orElseGet(() -> new KeyCheck.Unchecked("profile " + name + " does not call STS."));
  }

  private KeyCheck patiently(AccessKey key, ServiceTarget target, Call call) {
    KeyCheck check = sts.whose(key, target);
    for (int calls = 1; check instanceof KeyCheck.UnknownId && calls < MOST_CALLS; calls++) {
      if (calls == 1) {
        call.person()
            .tell(
                "AWS does not know the key yet; a new one takes some seconds, so jvault asks again"
                    + " for "
                    + PAUSE.multipliedBy(MOST_CALLS - 1L).toSeconds()
                    + " s");
      }
      try {
        sleeper.last(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new KeyCheck.Unchecked("jvault is stopping.");
      }
      check = sts.whose(key, target);
    }
    return check;
  }

  /** The user's path and name, from an ARN such as {@code arn:aws:iam::123456789012:user/me}. */
  private static String who(String arn) {
    String[] parts = arn.split(":", 6);
    String resource = parts.length == 6 ? parts[5] : arn;
    return switch (resource) {
      case "root" -> "the root user";
      case String user when user.startsWith("user/") -> "user " + user.substring(5);
      default -> resource;
    };
  }

  private static String refused(String sentence, Call call) {
    if (Confirmation.given(call, sentence + " Store it anyway?")) {
      return sentence;
    }
    throw new JvaultException(
        ExitCode.DENIED,
        sentence + " Nothing was stored; --no-check stores it without asking AWS.");
  }
}
