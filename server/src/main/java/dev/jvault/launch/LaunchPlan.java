package dev.jvault.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** Appends to a variable after a comma; sets it if it is empty. */
    record Append(String name, String value) implements Change {}
  }

  private final List<Change> changes = new ArrayList<>();

  LaunchPlan unset(List<String> names) {
    changes.add(new Change.Unset(List.copyOf(names)));
    return this;
  }

  LaunchPlan set(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " must be one line");
    }
    changes.add(new Change.Set(name, value));
    return this;
  }

  LaunchPlan append(String name, String value) {
    changes.add(new Change.Append(name, value));
    return this;
  }

  /** For the launcher: {@code unset NAME…}, {@code set NAME=VALUE}, {@code append NAME=VALUE}. */
  public String lines() {
    var text = new StringBuilder("jvault-plan 1\n");
    for (Change change : changes) {
      text.append(
          switch (change) {
            case Change.Unset(List<String> names) -> "unset " + String.join(" ", names) + "\n";
            case Change.Set(String name, String value) -> "set " + name + "=" + value + "\n";
            case Change.Append(String name, String value) -> "append " + name + "=" + value + "\n";
          });
    }
    return text.append("end\n").toString();
  }

  /** For {@code eval} in a shell; every value is quoted. */
  public String shell(ShellSyntax syntax, Map<String, String> caller) {
    var text = new StringBuilder();
    for (Change change : changes) {
      text.append(
          switch (change) {
            case Change.Unset(List<String> names) ->
                String.join("\n", names.stream().map(syntax::unset).toList());
            case Change.Set(String name, String value) -> syntax.set(name, value);
            case Change.Append(String name, String value) ->
                syntax.set(name, appended(caller.getOrDefault(name, ""), value));
          });
      text.append('\n');
    }
    return text.toString();
  }

  private static String appended(String own, String value) {
    if (own.isEmpty() || own.equals(value)) {
      return value;
    }
    return own.endsWith("," + value) ? own : own + "," + value;
  }

  @Override
  public String toString() {
    return "LaunchPlan[" + changes.size() + " changes]";
  }
}
