package dev.jvault.control;

import dev.jvault.secret.SessionCredentials;
import java.util.ArrayList;
import java.util.List;

/** {@code unlock}: gets all questions for some profiles over with ahead of time. */
final class UnlockVerb implements Verb {
  private final OpenProfiles profiles;

  UnlockVerb(OpenProfiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public Reply run(Call call) {
    List<String> told = new ArrayList<>();
    for (String name : call.profiles()) {
      SessionCredentials session = profiles.session(profiles.resolve(name, call), call);
      told.add(name + " is ready; its session ends at " + session.expiration() + ".");
    }
    return Reply.said(String.join("\n", told));
  }
}
