package dev.jvault.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What AWS's clients need, one statement each, and the tests that check it. */
final class ConformanceTable {
  private final List<String> lines = statements();
  private final Map<Integer, TreeSet<String>> tests = new TreeMap<>();

  /** Adds a test that has checked a statement. */
  void checked(int statement, String sentence, String testClass) {
    tests.computeIfAbsent(statement, _ -> new TreeSet<>()).add(sentence + " (`" + testClass + "`)");
  }

  /** Whether every statement has a test. */
  boolean complete() {
    return lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(ConformanceTable::number)
        .allMatch(tests::containsKey);
  }

  String markdown() {
    var text =
        new StringBuilder(
            """
            # Conformance

            What AWS SDKs need from an endpoint, measured or read in their sources, and the tests \
            that check it. Brackets name the clients that need it. `mvn verify` writes this page \
            once all of these tests have passed.
            """);
    for (String line : lines) {
      if (line.startsWith("#")) {
        text.append("\n#").append(line).append("\n\n| | statement | tested by |\n|---|---|---|\n");
      } else {
        int number = number(line);
        text.append("| %d | %s | %s |\n".formatted(number, statement(line), testedBy(number)));
      }
    }
    return text.toString();
  }

  private String testedBy(int number) {
    return cell(String.join("; ", tests.getOrDefault(number, new TreeSet<>())));
  }

  private static String statement(String line) {
    return cell(line.substring(line.indexOf(' ') + 1));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring(0, line.indexOf('.')));
  }

  private static List<String> statements() {
    try (var file = ConformanceTable.class.getResourceAsStream("statements.txt")) {
      if (file == null) {
        throw new IllegalStateException("statements.txt is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
