package dev.jvault.control;

import dev.jvault.profile.ConfigReader;
import dev.jvault.protocol.Routes;
import dev.jvault.session.Sessions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends notices to a verb's reply: stale config files and, once, a port that does not last and
 * keys that AWS has revoked.
 */
final class VerbWithNotices implements Verb {
  private final Verb verb;
  private final ConfigReader configReader;
  private final Sessions sessions;
  private final StateNews stateNews;
  private final InstantSource clock;

  VerbWithNotices(
      Verb verb,
      ConfigReader configReader,
      Sessions sessions,
      StateNews stateNews,
      InstantSource clock) {
    this.verb = verb;
    this.configReader = configReader;
    this.sessions = sessions;
    this.stateNews = stateNews;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    Reply reply = verb.run(call);
    List<String> notes = notes(call);
    return notes.isEmpty() ? reply : reply.withMessage(String.join("\n", notes));
  }

  @Override
  public boolean endsWithItsClient() {
    return verb.endsWithItsClient();
  }

  private List<String> notes(Call call) {
    List<String> notes = new ArrayList<>();
    for (ConfigReader.StaleFile trouble : configReader.staleFiles(call.environment())) {
      notes.add("Note: " + trouble.sentence());
    }
    // If a program runs the command, no user reads its notices.
    if (call.flag(Routes.CALLER_TERMINAL)) {
      stateNews.toTell().forEach(sentence -> notes.add("Note: " + sentence));
      sessions
          .refusedKeysToTell()
          .forEach(key -> notes.add(key.sentence(call.times(clock.instant())::in)));
    }
    return notes;
  }
}
