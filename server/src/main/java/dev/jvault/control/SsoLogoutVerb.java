package dev.jvault.control;

import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ListedProfile;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.SsoSession;
import dev.jvault.sso.SsoLogins;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code sso logout}: ends logins to IAM Identity Center, and the sessions that came from them. */
final class SsoLogoutVerb implements Verb {
  private final SsoLogins logins;
  private final SsoSessionOption sessionOption;
  private final Profiles profiles;
  private final VaultAccess vaultAccess;
  private final SessionEraser eraser;

  SsoLogoutVerb(
      SsoLogins logins,
      SsoSessionOption sessionOption,
      Profiles profiles,
      VaultAccess vaultAccess,
      SessionEraser eraser) {
    this.logins = logins;
    this.sessionOption = sessionOption;
    this.profiles = profiles;
    this.vaultAccess = vaultAccess;
    this.eraser = eraser;
  }

  @Override
  public Reply run(Call call) {
    List<SsoSession> sessions =
        call.flag("all") ? sessionOption.all(call) : List.of(sessionOption.of(call));
    vaultAccess.open(call);
    var lines = new ArrayList<String>();
    for (SsoSession session : sessions) {
      SsoLogins.Logout logout = logins.logout(session);
      eraser.loggedOut(profilesOf(session, call), call.environment());
      if (logout.wasLoggedIn() || !call.flag("all")) {
        lines.add(text(session, logout));
      }
    }
    return Reply.ofMessage(
        lines.isEmpty() ? "There was no login to end." : String.join("\n", lines));
  }

  private static String text(SsoSession session, SsoLogins.Logout logout) {
    String text =
        logout.wasLoggedIn()
            ? "Logged out of " + session.name() + "."
            : "jvault had no login to " + session.name() + ".";
    return text
        + logout.trouble().map(trouble -> " AWS did not confirm it: " + trouble).orElse("")
        + (logout.cliLoggedIn()
            ? " The AWS CLI has a login of its own, which `aws sso logout` ends."
            : "");
  }

  private Set<String> profilesOf(SsoSession session, Call call) {
    var names = new HashSet<String>();
    for (ListedProfile profile : profiles.list(call.environment())) {
      if (profile.chain().filter(chain -> uses(chain, session)).isPresent()) {
        names.add(profile.summary().name());
      }
    }
    return names;
  }

  private static boolean uses(Chain chain, SsoSession session) {
    return chain.bottom() instanceof Hop.Sso sso && sso.session().name().equals(session.name());
  }
}
