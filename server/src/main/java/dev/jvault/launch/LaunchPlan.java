package dev.jvault.launch;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes to a command's environment, in order. It is rendered for the launcher, which applies
 * it line by line and evaluates nothing, or for a shell's {@code eval}.
 */
public final class LaunchPlan {
  /** One change. */
  sealed interface Change {
    /** Removes variables. */
    record Unset(List<String> names) implements Change {}

    /** Sets a variable. */
    record Set(String name, String value) implements Change {}

    /** Sets the token's variable to the content of a file. */
    record TokenFrom(String file) implements Change {}
  }

  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

  private final List<Change> changes = new ArrayList<>();

  LaunchPlan unset(List<String> names) {
    changes.add(new Change.Unset(List.copyOf(names)));
    return this;
  }

  LaunchPlan set(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
      throw new JvaultException(
          ExitCode.USAGE,
          "%s cannot be set for the command, because its value has a line break; take it out."
              .formatted(name));
    }
    changes.add(new Change.Set(name, value));
    return this;
  }

  /** Passes the token in a file as a variable; the plan itself never holds it. */
  LaunchPlan tokenFrom(String file) {
    changes.add(new Change.TokenFrom(file));
    return this;
  }

  /**
   * For the launcher: {@code unset NAME…}, {@code set NAME=VALUE}, {@code token-env}, one a line.
   */
  public String lines() {
    var text = new StringBuilder("jvault-plan 1\n");
    for (Change change : changes) {
      text.append(
          switch (change) {
            case Change.Unset(List<String> names) -> "unset " + String.join(" ", names) + "\n";
            case Change.Set(String name, String value) -> "set " + name + "=" + value + "\n";
            case Change.TokenFrom(String file) ->
                "set " + TOKEN + "_FILE=" + file + "\ntoken-env\n";
          });
    }
    return text.append("end\n").toString();
  }

  /**
   * For {@code eval} in a shell: one line, because a shell joins the words of an unquoted {@code
   * $(…)} with blanks. Every value is quoted.
   */
  public String shell(ShellSyntax syntax) {
    var commands = new ArrayList<String>();
    for (Change change : changes) {
      commands.add(
          switch (change) {
            case Change.Unset(List<String> names) -> syntax.unset(names);
            case Change.Set(String name, String value) -> syntax.set(name, value);
            case Change.TokenFrom(String file) -> syntax.setToContent(TOKEN, file);
          });
    }
    return String.join("; ", commands) + "\n";
  }

  @Override
  public String toString() {
    return "LaunchPlan[" + changes.size() + " changes]";
  }
}
