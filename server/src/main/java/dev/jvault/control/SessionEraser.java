package dev.jvault.control;

import dev.jvault.launch.ConfigCopies;
import dev.jvault.launch.ReadyFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.session.Sessions;
import java.util.Optional;
import java.util.Set;

/**
 * Forgets sessions together with the ready files that promise them. Without the second step the
 * launcher would start a command whose session is gone. Safe for many threads.
 */
final class SessionEraser {
  private final Sessions sessions;
  private final ReadyFiles readyFiles;
  private final ConfigCopies configCopies;

  SessionEraser(Sessions sessions, ReadyFiles readyFiles, ConfigCopies configCopies) {
    this.sessions = sessions;
    this.readyFiles = readyFiles;
    this.configCopies = configCopies;
  }

  /** Call this after storing a key. It ends the sessions of the key that was replaced. */
  void keyStored(String name, boolean replaced, CallerEnvironment environment) {
    if (replaced) {
      int _ = sessions.forget(Optional.empty(), environment, _ -> false, name::equals);
    }
    // Which profiles programs reach through jvault depends on the keys, and each plan depends on
    // it.
    readyFiles.removeAll();
    configCopies.refresh();
  }

  /**
   * Forgets everything that came from a key.
   *
   * @return how many sessions were forgotten
   */
  int keyRemoved(String name, CallerEnvironment environment) {
    int forgotten = sessions.forget(Optional.empty(), environment, name::equals, name::equals);
    readyFiles.removeAll();
    configCopies.refresh();
    return forgotten;
  }

  /** Forgets the sessions of profiles whose login has ended. */
  void loggedOut(Set<String> profiles, CallerEnvironment environment) {
    int _ = sessions.forget(Optional.empty(), environment, profiles::contains, profiles::contains);
    profiles.forEach(readyFiles::remove);
  }

  /**
   * Forgets the sessions of a profile and of the key of the same name.
   *
   * @return how many sessions were forgotten
   */
  int forget(Chain chain, CallerEnvironment environment) {
    String name = chain.profile();
    int forgotten = sessions.forget(Optional.of(chain), environment, name::equals, name::equals);
    readyFiles.remove(name);
    return forgotten;
  }

  /**
   * Forgets all sessions.
   *
   * @return how many there were
   */
  int forgetAll(CallerEnvironment environment) {
    int forgotten = sessions.forget(Optional.empty(), environment, _ -> true, _ -> true);
    readyFiles.removeAll();
    return forgotten;
  }
}
