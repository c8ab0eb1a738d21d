package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.sso.SsoAccount;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The accounts and roles that {@code --account} and {@code --role} want; all without them. */
final class SsoFilter {
  private final List<String> accounts;
  private final List<String> roles;

  SsoFilter(Call call) {
    this.accounts = call.values("account");
    this.roles = call.values("role");
  }

  /** Whether the call wants all. */
  boolean isEmpty() {
    return accounts.isEmpty() && roles.isEmpty();
  }

  /**
   * The accounts that are wanted, each with the roles that are.
   *
   * @throws JvaultException with {@link ExitCode#PROFILE} if none is left
   */
  List<SsoAccount> of(List<SsoAccount> all) {
    List<SsoAccount> wanted =
        all.stream()
            .filter(account -> wants(accounts, account.id()) || wants(accounts, account.name()))
            .map(account ->
                new SsoAccount(
                    account.id(),
                    account.name(),
                    account.email(),
                    account.roles().stream().filter(role -> wants(roles, role)).toList()))
            .filter(account -> roles.isEmpty() || !account.roles().isEmpty())
            .toList();
    if (wanted.isEmpty()) {
      throw new JvaultException(
          ExitCode.PROFILE,
          isEmpty()
              ? "IAM Identity Center lists no account for you; ask whoever runs it to assign you one."
              : "None of your %d accounts fits --account and --role; `jvault sso accounts` lists them."
                  .formatted(all.size()));
    }
    return wanted;
  }

  private static boolean wants(List<String> patterns, String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> fits(pattern, name));
  }

  /** Whether a name fits a pattern with {@code *} and {@code ?}, in any case of letters. */
  static boolean fits(String pattern, String name) {
    String regex =
        pattern
            .toLowerCase(Locale.ROOT)
            .codePoints()
            .mapToObj(c ->
                switch (c) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(c));
                })
            .collect(Collectors.joining());
    return name.toLowerCase(Locale.ROOT).matches("(?s)" + regex);
  }
}
