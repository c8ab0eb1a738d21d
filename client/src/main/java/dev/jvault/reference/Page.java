package dev.jvault.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The tables of a page in {@code docs/}. */
final class Page {
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

  /**
   * One row of a table, without the rows of headings.
   *
   * @param section the heading above the table
   * @param cells their Markdown text
   */
  record Row(String section, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  private Page() {}

  /**
   * The rows of all tables of a page, in order.
   *
   * @throws IOException if the page cannot be read
   */
  static List<Row> rows(Path page) throws IOException {
    var rows = new ArrayList<Row>();
    String section = "";
    int line = 0;
    for (String text : Files.readAllLines(page)) {
      if (text.startsWith("#")) {
        section = text.replaceFirst("#+ ", "");
      }
      line = text.startsWith("|") ? line + 1 : 0;
      // The first two lines of a table are its heading.
      if (line > 2) {
        rows.add(new Row(section, cells(text)));
      }
    }
    return rows;
  }

  private static List<String> cells(String row) {
    return CELL_END
        .splitAsStream(row.substring(1))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .filter(cell -> !cell.isEmpty())
        .toList();
  }
}
