package dev.jvault.console;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.util.Optional;

/** AWS's federation endpoint, which turns a session into a sign-in token for a browser. */
public interface Federation {
  /** Asks for a token. Blocks for at most half a minute. Failures are answers, no exceptions. */
  Answer signinToken(Request request);

  /**
   * What is asked for.
   *
   * @param profile whose console it is, for messages
   * @param endpoint where AWS is asked
   * @param target how it is reached
   * @param session the credentials that the console acts with
   * @param duration how long the console's session is to last; empty for as long as the credentials
   */
  record Request(
      String profile,
      SigninEndpoint endpoint,
      ServiceTarget target,
      SessionCredentials session,
      Optional<Duration> duration) {
    /** The same without a duration. */
    public Request withoutDuration() {
      return new Request(profile, endpoint, target, session, Optional.empty());
    }
  }

  /** What AWS answers. */
  sealed interface Answer {
    /** A sign-in token, which is good for 15 minutes. */
    record Token(Secret token) implements Answer {}

    /**
     * A refusal: asking again is useless until something changes.
     *
     * @param malformed whether AWS says that the request itself is wrong, such as its duration
     */
    record Refused(String sentence, boolean malformed) implements Answer {}

    /** No usable answer this time. */
    record Unavailable(String sentence) implements Answer {}
  }
}
