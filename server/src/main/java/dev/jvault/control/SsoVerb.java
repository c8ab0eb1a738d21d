package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

/**
 * {@code sso}: logs in to IAM Identity Center and out of it, lists logins and accounts, and writes
 * profiles, as the field {@code job} says.
 */
final class SsoVerb implements Verb {
  private final Verb login;
  private final Verb logout;
  private final Verb list;
  private final Verb accounts;
  private final Verb setup;

  SsoVerb(Verb login, Verb logout, Verb list, Verb accounts, Verb setup) {
    this.login = login;
    this.logout = logout;
    this.list = list;
    this.accounts = accounts;
    this.setup = setup;
  }

  @Override
  public Reply run(Call call) {
    Verb job =
        switch (call.value("job").orElse("")) {
          case "login" -> login;
          case "logout" -> logout;
          case "list" -> list;
          case "accounts" -> accounts;
          case "setup" -> setup;
          default ->
              throw new JvaultException(
                  ExitCode.USAGE,
                  "Say `jvault sso setup`, `login`, `logout`, `list` or `accounts`.");
        };
    return job.run(call);
  }
}
