package dev.jvault.session;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import dev.jvault.secret.SessionCredentials;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a new session of the hop below may help if AWS refuses the present one. Once: if
 * the replacement is refused by the same service too, the session is not to blame (perhaps the
 * account has not enabled that region), and an MFA code for a third one would be wasted. Safe for
 * many threads.
 */
final class Replacements {
  private static final int MOST = 1_000;

  /** The id of a session that was refused, and that of the session in its place, once known. */
  private record Replacement(String refused, Optional<String> replacement) {}

  private final Map<String, Replacement> made = new ConcurrentHashMap<>();

  /** Whether to replace the session with which a chain's top got this answer. */
  boolean mayHelp(SourceChain chain, SessionCredentials session, Outcome answer) {
    String place = chain.below().fingerprint() + '\0' + chain.top().service();
    if (!(answer instanceof Outcome.Denied denied) || !blames(denied.reason())) {
      if (answer instanceof Outcome.Issued) {
        made.remove(place);
      }
      return false;
    }
    if (made.size() >= MOST) {
      made.clear();
    }
    String id = session.accessKeyId();
    return made.compute(place, (_, before) -> next(before, id)).refused().equals(id);
  }

  /** Whether AWS has refused this very session, as far as this still matters. */
  boolean refused(SessionCredentials session) {
    return made.values().stream().anyMatch(one -> one.refused().equals(session.accessKeyId()));
  }

  private static Replacement next(@Nullable Replacement before, String id) {
    if (before != null
        && !before.refused().equals(id)
        && before.replacement().map(id::equals).orElse(true)) {
      return new Replacement(before.refused(), Optional.of(id));
    }
    return new Replacement(id, Optional.empty());
  }

  private static boolean blames(Outcome.Reason reason) {
    return switch (reason) {
      case EXPIRED, INVALID_KEY, WRONG_SECRET -> true;
      case PROFILE, ACCESS_DENIED, MFA_REFUSED -> false;
    };
  }
}
