package dev.jvault.reference;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source of a manual page, in the macros of man(7). */
final class Roff {
  private static final Pattern REFERENCE =
      Pattern.compile("\\s*\\bSee \\[[^\\]]*\\]\\([^)]*\\)\\.");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final int LAST_OF_ASCII = 126;

  /** Longer lines are bad style in a manual page. */
  private static final int LONGEST_LINE = 78;

  private final StringBuilder text = new StringBuilder();

  /** The heading line: name in capitals, date and version. */
  Roff title(String name, String date, String version) {
    line(".TH \"%s\" 1 \"%s\" \"jvault %s\" \"jvault\"".formatted(name, date, version));
    return this;
  }

  Roff section(String heading) {
    return line(".SH " + heading);
  }

  /** A heading below that of a section. */
  Roff part(String heading) {
    return line(".SS \"" + escaped(heading) + "\"");
  }

  /** The first paragraph of a section needs no macro of its own. */
  Roff first(String markdown) {
    return filled(inline(markdown));
  }

  /** A term in bold and what it means; the term is plain text. */
  Roff item(String term, String markdown) {
    return line(".TP").line(bold(escaped(term))).filled(inline(markdown));
  }

  /** The same for a term in Markdown, which may be long. */
  Roff markedItem(String term, String markdown) {
    String roff = inline(term);
    return roff.length() <= LONGEST_LINE
        ? line(".TP").line(guarded(roff)).filled(inline(markdown))
        : line(".PP").filled(roff).line(".RS").filled(inline(markdown)).line(".RE");
  }

  /** Plain lines that are not filled. */
  Roff verbatim(Iterable<String> lines) {
    line(".nf");
    lines.forEach(one -> line(guarded(escaped(one))));
    return line(".fi");
  }

  /** Roff that is filled, broken into lines at its blanks. */
  Roff filled(String roff) {
    var line = new StringBuilder();
    for (String word : roff.strip().split(" +", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > LONGEST_LINE) {
        line(guarded(line.toString()));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return line(guarded(line.toString()));
  }

  /** A line of roff itself. */
  Roff line(String roff) {
    text.append(roff).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  static String bold(String roff) {
    return "\\fB" + roff + "\\fR";
  }

  /** Plain text as roff. */
  static String escaped(String plain) {
    var roff = new StringBuilder();
    plain
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> roff.append("\\e");
            case '-' -> roff.append("\\-");
            case '\'' -> roff.append("\\(aq");
            case '`' -> roff.append("\\(ga");
            case '^' -> roff.append("\\(ha");
            case '~' -> roff.append("\\(ti");
            case '"' -> roff.append("\\(dq");
            case '\u2026' -> roff.append("...");
            default -> {
              if (c > LAST_OF_ASCII) {
                roff.append("\\[u%04X]".formatted(c));
              } else {
                roff.appendCodePoint(c);
              }
            }
          }
        });
    return roff.toString();
  }

  /** Markdown within a paragraph: code becomes bold, a link its text, a mere reference nothing. */
  static String inline(String markdown) {
    String plain = LINK.matcher(REFERENCE.matcher(markdown).replaceAll("")).replaceAll("$1");
    var roff = new StringBuilder();
    int end = 0;
    Matcher codes = CODE.matcher(plain);
    for (MatchResult code : codes.results().toList()) {
      roff.append(escaped(plain.substring(end, code.start())));
      roff.append(bold(escaped(code.group(1))));
      end = code.end();
    }
    return roff.append(escaped(plain.substring(end))).toString().strip();
  }

  /** A dot or an apostrophe at the beginning of a line would be a macro. */
  private static String guarded(String roff) {
    return roff.startsWith(".") || roff.startsWith("\\(aq") ? "\\&" + roff : roff;
  }
}
