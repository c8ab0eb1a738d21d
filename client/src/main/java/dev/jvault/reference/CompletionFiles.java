package dev.jvault.reference;

import dev.jvault.client.VerbTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What {@code complete.bash} offers for each verb. A file has one line for each option, way of use
 * and word, with tabs between the fields, none of which is empty:
 *
 * <pre>
 * option --duration -d TIME how long the session lasts
 * way    login SESSION
 * word   SHELL fish what it is
 * </pre>
 */
final class CompletionFiles {
  private static final String NONE = "-";

  private CompletionFiles() {}

  /** The files by name: one for each name of a verb, and {@code verbs.txt}, which lists them. */
  static Map<String, String> all() {
    var files = new TreeMap<String, String>();
    var list = new StringBuilder();
    for (VerbTable.Entry verb : VerbTable.all()) {
      line(list, verb.name(), verb.summary());
      String text = text(verb);
      files.put(verb.name(), text);
      verb.aliases().forEach(alias -> files.put(alias, text));
    }
    files.put("verbs.txt", list.toString());
    return files;
  }

  private static String text(VerbTable.Entry verb) {
    var text = new StringBuilder();
    var words = new LinkedHashMap<String, Map<String, String>>();
    for (VerbTable.OptionEntry option : verb.options()) {
      line(
          text,
          "option",
          "--" + option.name(),
          option.letter().isEmpty() ? NONE : "-" + option.letter(),
          option.value().isEmpty() ? NONE : option.value(),
          option.description());
      words.put(option.value(), words(verb, option.value()));
    }
    line(text, "option", "--help", "-h", NONE, "explain it");
    for (Synopsis.Way way : Synopsis.of(verb)) {
      String places = String.join(" ", way.places());
      line(text, "way", way.job().isEmpty() ? NONE : way.job(), places.isEmpty() ? NONE : places);
      way.places().stream()
          .flatMap(place -> Stream.of(place.replace("…", "").split("\\|", -1)))
          .forEach(place -> words.put(place, words(verb, place)));
    }
    words.forEach((placeholder, all) ->
        all.forEach((word, what) -> line(text, "word", placeholder, word, what)));
    return text.toString();
  }

  private static Map<String, String> words(VerbTable.Entry verb, String placeholder) {
    Map<String, String> own = verb.words(placeholder);
    return own.isEmpty() ? Placeholders.words(placeholder) : own;
  }

  private static void line(StringBuilder text, String... fields) {
    text.append(String.join("\t", fields)).append('\n');
  }
}
