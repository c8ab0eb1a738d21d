package dev.jvault.reference;

import dev.jvault.client.VerbTable;
import dev.jvault.protocol.ProgramVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The manual pages: jvault(1) and one for each verb. Names, options and examples come from the
 * table of verbs; the longer texts are those of {@code docs/}, which tests compare with the table.
 */
final class ManPages {
  private static final Pattern COMMAND = Pattern.compile("`jvault ([a-z-]+)");
  private static final Pattern OPTION = Pattern.compile("`--([a-z0-9-]+)");

  private final Path docs;
  private final String date;
  private final List<VerbTable.Entry> verbs = VerbTable.all();

  /** What docs/commands.md says of a verb, and of each option under {@code VERB --OPTION}. */
  private final Map<String, String> texts = new HashMap<>();

  /** The verbs of each section of docs/commands.md. */
  private final Map<String, List<String>> sections = new LinkedHashMap<>();

  private ManPages(Path docs, String date) throws IOException {
    this.docs = docs;
    this.date = date;
    readCommands();
  }

  /**
   * The pages by their files' names.
   *
   * @param docs the folder of the pages that are read
   * @param date such as {@code 2026-11-22}, so that the same source gives the same pages
   * @throws IOException if a page cannot be read
   */
  static Map<String, String> all(Path docs, String date) throws IOException {
    return new ManPages(docs, date).pages();
  }

  private Map<String, String> pages() throws IOException {
    var pages = new TreeMap<String, String>();
    pages.put("jvault.1", overview());
    for (VerbTable.Entry verb : verbs) {
      pages.put(page(verb.name()) + ".1", page(verb));
    }
    return pages;
  }

  private static String page(String verb) {
    return "jvault-" + verb;
  }

  private void readCommands() throws IOException {
    String verb = "";
    for (Page.Row row : Page.rows(docs.resolve("commands.md"))) {
      String first = row.cells().getFirst();
      String text = row.cells().getLast();
      Matcher command = COMMAND.matcher(first);
      if (command.find()) {
        verb = command.group(1);
        texts.put(verb, text);
        sections.computeIfAbsent(row.section(), _ -> new ArrayList<>()).add(verb);
      } else if (!text.startsWith("As for ")) {
        for (Matcher option = OPTION.matcher(first); option.find(); ) {
          texts.put(verb + " --" + option.group(1), text);
        }
      }
    }
  }

  private String page(VerbTable.Entry verb) {
    String name = page(verb.name());
    var page = new Roff().title(name.toUpperCase(Locale.ROOT), date, ProgramVersion.CURRENT);
    page.section("NAME").filled(Roff.escaped(name) + " \\- " + Roff.escaped(verb.summary()));
    page.section("SYNOPSIS")
        .filled(
            Roff.bold("jvault " + Roff.escaped(verb.name())) + " " + Roff.escaped(verb.synopsis()));
    page.section("DESCRIPTION").first(texts.getOrDefault(verb.name(), sentence(verb.summary())));
    page.section("OPTIONS");
    for (VerbTable.OptionEntry option : verb.options()) {
      String text = texts.get(verb.name() + " --" + option.name());
      page.item(written(option), text == null ? sentence(option.description()) : text);
    }
    page.item("-h, --help", "Prints a short help.");
    page.section("EXAMPLES").verbatim(verb.examples());
    page.section("EXIT STATUS").first("`jvault`(1) lists them.");
    page.section("SEE ALSO").line(Roff.bold("jvault") + "(1)");
    return page.toString();
  }

  private String overview() throws IOException {
    var page = new Roff().title("JVAULT", date, ProgramVersion.CURRENT);
    page.section("NAME").line("jvault \\- local credential server for AWS");
    page.section("SYNOPSIS").line(Roff.bold("jvault") + " VERB [options] [NAME]");
    page.section("DESCRIPTION").first(VerbTable.help().lines().findFirst().orElse(""));
    page.section("COMMANDS");
    var left = new TreeMap<String, VerbTable.Entry>();
    verbs.forEach(verb -> left.put(verb.name(), verb));
    for (Map.Entry<String, List<String>> section : sections.entrySet()) {
      page.part(section.getKey());
      for (String name : section.getValue()) {
        VerbTable.Entry verb = left.remove(name);
        if (verb != null) {
          page.item(name, sentence(verb.summary()));
        }
      }
    }
    left.values().forEach(verb -> page.item(verb.name(), sentence(verb.summary())));
    page.section("EXIT STATUS")
        .first("`jvault exec` ends with the status of its command. Otherwise:");
    items(page, "exit-status.md", _ -> true);
    page.section("ENVIRONMENT");
    items(page, "environment.md", row -> row.section().equals("What jvault reads"));
    page.section("FILES");
    items(page, "files.md", row -> row.section().equals("Files"));
    page.section("SEE ALSO").line(seeAlso());
    return page.toString();
  }

  private void items(Roff page, String name, Predicate<Page.Row> which) throws IOException {
    for (Page.Row row : Page.rows(docs.resolve(name))) {
      if (which.test(row)) {
        String elsewhere = row.cells().size() > 2 ? "; on macOS " + row.cells().get(2) : "";
        page.markedItem(row.cells().getFirst(), row.cells().get(1) + elsewhere);
      }
    }
  }

  private String seeAlso() {
    return String.join(
        ",\n",
        verbs.stream()
            .map(verb -> page(verb.name()))
            .sorted()
            .map(name -> Roff.bold(Roff.escaped(name)) + "(1)")
            .toList());
  }

  private static String written(VerbTable.OptionEntry option) {
    String letter = option.letter().isEmpty() ? "" : "-" + option.letter() + ", ";
    String value = option.value().isEmpty() ? "" : " " + option.value();
    return letter + "--" + option.name() + value;
  }

  private static String sentence(String summary) {
    return summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
  }
}
