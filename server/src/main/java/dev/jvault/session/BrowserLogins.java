package dev.jvault.session;

import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Person;
import java.util.Map;

/** Logins to IAM Identity Center, which a person does in a browser. */
public interface BrowserLogins {
  /** Nobody can log in. */
  BrowserLogins NONE = (_, _, _) -> false;

  /**
   * Has the person log in, and waits for it.
   *
   * @param person who waits, if anybody does: {@link Person#tell} shows what to open
   * @param helper the caller's helper variables
   * @return whether it is done
   */
  boolean login(SsoSession session, Person person, Map<String, String> helper);
}
