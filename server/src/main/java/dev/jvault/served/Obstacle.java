package dev.jvault.served;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.protocol.JvaultException;
import java.util.Optional;

/**
 * Why a served profile has no session.
 *
 * @param needed what the user is needed for; empty if the user cannot help by an answer
 * @param sentence the whole reason, with what to do
 * @param logged the reason for the log, without what a helper command said
 * @param mayPass whether it may be gone by itself, as when the user logs in to the desktop
 */
public record Obstacle(Optional<String> needed, String sentence, String logged, boolean mayPass) {
  private Obstacle(PersonNeed need, String profile) {
    this(
        Optional.of(need.what()),
        "needs %s: run `jvault unlock %s`.".formatted(need.what(), profile),
        "needs " + need.what(),
        need instanceof PersonNeed.Keyring);
  }

  /** The obstacle of an outcome; none if a session was issued or is on its way. */
  static Optional<Obstacle> of(Outcome outcome, String profile) {
    return switch (outcome) {
      case Outcome.Issued _ -> Optional.empty();
      case Outcome.NeedsPerson(PersonNeed need) -> Optional.of(new Obstacle(need, profile));
      case Outcome.Denied denied ->
          Optional.of(new Obstacle(Optional.empty(), denied.sentence(), denied.logged(), false));
      case Outcome.Unavailable unavailable ->
          Optional.of(
              new Obstacle(Optional.empty(), unavailable.sentence(), unavailable.logged(), false));
    };
  }

  static Obstacle fault(JvaultException fault) {
    return new Obstacle(Optional.empty(), fault.sentence(), fault.logged(), true);
  }
}
