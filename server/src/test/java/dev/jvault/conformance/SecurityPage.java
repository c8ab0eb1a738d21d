package dev.jvault.conformance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code SECURITY.md}: lists of statements, and below each statement the tests that attack it.
 *
 * <p>A statement is a list item that begins with its short name in backticks and a colon. Every
 * item of a list below {@code **Holds**} is one. The items of the second level are generated.
 */
final class SecurityPage {
  private static final Pattern STATEMENT = Pattern.compile("- `([a-z0-9-]+)`: \\S.*");
  private static final String GENERATED = "  - ";

  private final List<String> lines;

  SecurityPage(String text) {
    lines = text.lines().filter(line -> !line.startsWith(GENERATED)).toList();
  }

  /** What is wrong with the page or with the marks, one sentence for each. */
  List<String> problems(AttackTests tests) {
    List<String> problems = new ArrayList<>();
    Set<String> statements = new LinkedHashSet<>();
    boolean holds = false;
    for (String line : lines) {
      Matcher statement = STATEMENT.matcher(line);
      if (statement.matches()) {
        String name = statement.group(1);
        if (!statements.add(name)) {
          problems.add("SECURITY.md has the statement " + name + " twice");
        }
        if (tests.of(name).isEmpty()) {
          problems.add("no test is marked with @Attack(\"" + name + "\"), so nothing shows it");
        }
      } else if (line.startsWith("**") || line.startsWith("#")) {
        holds = line.startsWith("**Holds");
      } else if (holds && line.startsWith("-")) {
        problems.add("the statement has no short name: " + line);
      }
    }
    for (String name : tests.statements()) {
      if (!statements.contains(name)) {
        problems.add("SECURITY.md has no statement " + name + ": " + tests.of(name));
      }
    }
    tests.neverRun().forEach(test -> problems.add("no build runs " + test + ": it is no test"));
    return problems;
  }

  /** The page with the tests below each statement. */
  String with(AttackTests tests) {
    var text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append('\n');
      Matcher statement = STATEMENT.matcher(line);
      if (statement.matches()) {
        tests
            .of(statement.group(1))
            .forEach((type, sentences) ->
                text.append(
                    "%s`%s`: %s\n".formatted(GENERATED, type, String.join("; ", sentences))));
      }
    }
    return text.toString();
  }
}
