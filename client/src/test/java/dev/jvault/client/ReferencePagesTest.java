package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.Test;

/** The reference pages say what the program does: every command, option and exit status. */
final class ReferencePagesTest {
  private static final Pattern COMMAND = Pattern.compile("\\| `jvault ([a-z-]+)");
  private static final Pattern OPTION = Pattern.compile("`--([a-z0-9-]+)");

  @Test
  void thePageOfCommandsHasEveryVerbWithItsOptionsAndNoOthers() throws IOException {
    var program = new TreeMap<String, Set<String>>();
    for (Verb verb : Verbs.all()) {
      List<String> options = verb.options().getOptions().stream().map(Option::getLongOpt).toList();
      program.put(verb.help().name(), new TreeSet<>(options));
    }
    assertThat(onPage("../docs/commands.md")).isEqualTo(program);
  }

  @Test
  void thePageOfExitStatusesHasEachOfThem() throws IOException {
    List<String> onPage =
        rows("../docs/exit-status.md")
            .filter(row -> row.matches("\\| \\d+ \\|.*"))
            .map(row -> row.split("\\|", -1)[1].strip())
            .toList();
    assertThat(onPage)
        .containsExactlyElementsOf(
            Stream.of(ExitCode.values()).map(code -> Integer.toString(code.status())).toList());
  }

  /** Rows of options follow the row of their command. */
  private static Map<String, Set<String>> onPage(String page) throws IOException {
    var commands = new LinkedHashMap<String, Set<String>>();
    String command = "";
    for (String row : rows(page).toList()) {
      command =
          COMMAND.matcher(row).results().map(found -> found.group(1)).findFirst().orElse(command);
      String first = row.split("\\|", -1)[1];
      if (!command.isEmpty()) {
        commands
            .computeIfAbsent(command, _ -> new TreeSet<>())
            .addAll(OPTION.matcher(first).results().map(ReferencePagesTest::name).toList());
      }
    }
    return new TreeMap<>(commands);
  }

  private static String name(MatchResult option) {
    return option.group(1);
  }

  private static Stream<String> rows(String page) throws IOException {
    return Files.readAllLines(Path.of(page)).stream().filter(line -> line.startsWith("|"));
  }
}
