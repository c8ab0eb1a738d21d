package dev.jvault.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.client.VerbTable;
import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManPagesTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void eachVerbHasAPageWithItsOptionsAndExamples() throws IOException {
    Map<String, String> pages = ManPages.all(DOCS, "2026-11-22");

    for (VerbTable.Entry verb : VerbTable.all()) {
      String page = pages.getOrDefault("jvault-" + verb.name() + ".1", "");
      assertThat(page)
          .startsWith(".TH \"JVAULT-" + verb.name().toUpperCase(Locale.ROOT) + "\" 1 ")
          .contains(" \"2026-11-22\" \"jvault 0.1.0\"");
      for (VerbTable.OptionEntry option : verb.options()) {
        assertThat(page).contains("\\-\\-" + option.name().replace("-", "\\-"));
      }
      for (String example : verb.examples()) {
        assertThat(page).contains(Roff.escaped(example));
      }
    }
    assertThat(pages).hasSize(VerbTable.all().size() + 1);
  }

  @Test
  void theLongTextsAreThoseOfThePagesInDocs() throws IOException {
    String page = ManPages.all(DOCS, "2026-11-22").getOrDefault("jvault-exec.1", "");

    assertThat(page.replace('\n', ' '))
        .contains("Every user can read it in the list of processes.")
        .contains("Lets the command ask for this role too; may be repeated.")
        .doesNotContain("](", "See grants");
  }

  @Test
  void theOverviewHasEachVerbAndEachExitStatus() throws IOException {
    String page = ManPages.all(DOCS, "2026-11-22").getOrDefault("jvault.1", "");

    for (VerbTable.Entry verb : VerbTable.all()) {
      assertThat(page).contains("\n\\fB" + verb.name().replace("-", "\\-") + "\\fR\n");
    }
    Stream.of(ExitCode.values())
        .forEach(code -> assertThat(page).contains("\n.TP\n" + code.status() + "\n"));
    assertThat(page).contains("JVAULT_PASSPHRASE_FILE", "grants.json");
  }

  @Test
  void aVerbThatThePageOfCommandsDoesNotKnowHasAPageToo(@TempDir Path docs) throws IOException {
    for (String name :
        new String[] {"commands.md", "exit-status.md", "environment.md", "files.md"}) {
      Files.writeString(docs.resolve(name), "# Nothing\n");
    }

    assertThat(ManPages.all(docs, "2026-11-22").getOrDefault("jvault-exec.1", ""))
        .contains(
            ".SH DESCRIPTION\nRun a command, or a shell, with a profile\\(aqs credentials.\n");
  }

  @Test
  void noTextBecomesAMacroAndNoLineIsLong() {
    assertThat(new Roff().first(".so `\\x` a\u2026").toString())
        .isEqualTo("\\&.so \\fB\\ex\\fR a...\n");
    assertThat(new Roff().first("'x - \u2192 ~").toString())
        .isEqualTo("\\&\\(aqx \\- \\[u2192] \\(ti\n");
    assertThat(new Roff().markedItem("term ".repeat(20), "text").toString().lines())
        .allMatch(line -> line.length() <= 80)
        .endsWith(".RS", "text", ".RE");
    assertThat(new Roff().first("word ".repeat(40) + ". .").toString().lines())
        .allMatch(line -> line.length() <= 80 && !line.startsWith("."));
  }
}
