package dev.jvault.interaction;

import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Person;
import java.util.Map;

/** Logins to IAM Identity Center that the user completes in a browser. */
public interface BrowserLogins {
  /** No login ever succeeds. */
  BrowserLogins NONE = (_, _, _) -> false;

  /**
   * Lets the user log in, and waits for the end of it.
   *
   * @param person the user who waits; {@link Person#tell} shows what to open
   * @param helper the environment of helper programs
   * @return whether the login succeeded
   */
  boolean login(SsoSession session, Person person, Map<String, String> helper);
}
