package dev.jvault.control;

import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.sso.AccountList;
import dev.jvault.sso.SsoAccount;
import dev.jvault.sso.SsoLogins;
import java.util.List;

/** Lists the accounts of a login for a verb, and logs the user in first if that is needed. */
final class SsoListing {
  private final SsoLogins logins;
  private final SsoLoginVerb login;
  private final VaultAccess vaultAccess;

  SsoListing(SsoLogins logins, SsoLoginVerb login, VaultAccess vaultAccess) {
    this.logins = logins;
    this.login = login;
    this.vaultAccess = vaultAccess;
  }

  /**
   * All accounts with their roles.
   *
   * @throws JvaultException if the login fails, or the list is incomplete
   */
  List<SsoAccount> of(Call call, SsoSession session) {
    boolean _ = vaultAccess.tryOpen(call);
    AccountList list = logins.accounts(session, call.person()::tell);
    if (list instanceof AccountList.LoginNeeded) {
      Reply reply = login.login(call, session);
      if (reply.exit() != ExitCode.OK) {
        throw new JvaultException(reply.exit(), reply.message());
      }
      call.person().tell(reply.message());
      list = logins.accounts(session, call.person()::tell);
    }
    return switch (list) {
      case AccountList.Listed(List<SsoAccount> accounts) -> accounts;
      case AccountList.LoginNeeded _ ->
          throw new JvaultException(
              ExitCode.PERSON,
              "The login to %s ended before its accounts were listed; nothing was written. Run this again."
                  .formatted(session.name()));
      case AccountList.Failed(String sentence) ->
          throw new JvaultException(
              ExitCode.UNAVAILABLE,
              sentence + " The list is incomplete, so nothing was written; run this again.");
    };
  }
}
