package dev.jvault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the statements of the source put into the log. */
final class LogStatementsTest {
  private static final Path SOURCE =
      Path.of(System.getProperty("basedir", "")).resolve("src/main/java");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "LOG\\.(?:trace|debug|info|warn|error)\\((?:[^;\"]|\"(?:[^\"\\\\]|\\\\.)*\")*;");

  @Test
  void noneLogsASentenceOrClauseForTheUserWhichMayQuoteAHelper() throws IOException {
    assertThat(statements())
        .hasSizeGreaterThan(50)
        .noneMatch(
            statement -> statement.contains(" e.sentence()") || statement.contains(" e.clause()"));
  }

  private static List<String> statements() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> STATEMENT.matcher(text(file)).results())
          .map(MatchResult::group)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
