package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

/**
 * {@code sso}: logs in to IAM Identity Center and out of it, and lists the logins, as the field
 * {@code job} says.
 */
final class SsoVerb implements Verb {
  private final Verb login;
  private final Verb logout;
  private final Verb list;

  SsoVerb(Verb login, Verb logout, Verb list) {
    this.login = login;
    this.logout = logout;
    this.list = list;
  }

  @Override
  public Reply run(Call call) {
    Verb job =
        switch (call.value("job").orElse("")) {
          case "login" -> login;
          case "logout" -> logout;
          case "list" -> list;
          default ->
              throw new JvaultException(
                  ExitCode.USAGE, "Say `jvault sso login`, `logout` or `list`.");
        };
    return job.run(call);
  }
}
