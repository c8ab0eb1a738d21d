package dev.jvault.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under headings that fit a terminal: the widest column gives way until they do. */
final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private final int width;
  private final List<String[]> rows = new ArrayList<>();

  Table(String... headings) {
    this.width = headings.length;
    rows.add(headings);
  }

  void row(String... cells) {
    if (cells.length != width) {
      throw new IllegalArgumentException("a row has " + width + " cells");
    }
    rows.add(Arrays.stream(cells).map(Table::printable).toArray(String[]::new));
  }

  /** Without control characters and those that turn the direction of writing. */
  private static String printable(String cell) {
    return UNPRINTABLE.matcher(cell).replaceAll("?");
  }

  String render(int columns) {
    int[] widths = widths(columns);
    var text = new StringBuilder();
    for (int index = 0; index < rows.size(); index++) {
      line(text, rows.get(index), widths);
      if (index == 0) {
        line(text, Arrays.stream(widths).mapToObj("="::repeat).toArray(String[]::new), widths);
      }
    }
    return text.toString();
  }

  private int[] widths(int columns) {
    int[] widths = new int[width];
    for (String[] row : rows) {
      for (int cell = 0; cell < width; cell++) {
        widths[cell] = Math.max(widths[cell], length(row[cell]));
      }
    }
    while (Arrays.stream(widths).sum() + GAP * (width - 1) > columns) {
      int widest = widest(widths);
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static int widest(int[] widths) {
    int widest = 0;
    for (int cell = 1; cell < widths.length; cell++) {
      if (widths[cell] > widths[widest]) {
        widest = cell;
      }
    }
    return widest;
  }

  private static void line(StringBuilder text, String[] cells, int[] widths) {
    var line = new StringBuilder();
    for (int cell = 0; cell < cells.length; cell++) {
      String shown = cut(cells[cell], widths[cell]);
      line.append(shown).append(" ".repeat(widths[cell] - length(shown) + GAP));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cut(String cell, int most) {
    int length = length(cell);
    if (length <= most) {
      return cell;
    }
    int end = cell.offsetByCodePoints(0, most - 1);
    return cell.substring(0, end) + "…";
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
