package dev.jvault.interaction;

import dev.jvault.prompt.AskingCommand;
import dev.jvault.prompt.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a question is for, in words: the profile, the account and the program that needs it. */
final class Purpose {
  private static final Pattern ACCOUNT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):.*");

  private Purpose() {}

  /** For a code of an MFA device: {@code (profile dev, account 123456789012, for `terraform`)}. */
  static String ofCode(String serial, Requester requester, Driver.Kind kind) {
    Matcher arn = ACCOUNT.matcher(serial);
    return text(requester, kind, arn.matches() ? Optional.of(arn.group(1)) : Optional.empty());
  }

  /** For the vault's passphrase. */
  static String ofPassphrase(Requester requester, Driver.Kind kind) {
    return text(requester, kind, Optional.empty());
  }

  /** Empty if the program is unknown. */
  private static String text(Requester requester, Driver.Kind kind, Optional<String> account) {
    Optional<AskingCommand> asking = requester.asking();
    if (asking.isEmpty()) {
      return "";
    }
    AskingCommand command = asking.get();
    List<String> parts = new ArrayList<>();
    if (!command.profile().isEmpty()) {
      parts.add("profile " + command.profile());
    }
    account.ifPresent(number -> parts.add("account " + number));
    // Who reads the terminal's question sees which command asks; a window says where it runs.
    parts.add(
        "for " + (kind == Driver.Kind.TERMINAL ? "`" + command.line() + "`" : command.toString()));
    return " (" + String.join(", ", parts) + ")";
  }
}
