package dev.jvault.sso;

import java.util.List;

/** The closed set of results of listing the accounts of a login: all of them, or none. */
public sealed interface AccountList {
  /** All accounts, by name, each with all its roles. */
  record Listed(List<SsoAccount> accounts) implements AccountList {
    /** Copies the accounts. */
    public Listed {
      accounts = List.copyOf(accounts);
    }
  }

  /** There is no login, or it has ended. */
  record LoginNeeded() implements AccountList {}

  /** The list is incomplete, for the reason in the sentence. */
  record Failed(String sentence) implements AccountList {}
}
