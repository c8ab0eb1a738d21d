package dev.jvault.control;

import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A table that fits a terminal: it narrows the widest column until the rows fit. */
final class TextTable {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  private final int width;
  private final List<String[]> rows;
  private int whole = -1;

  TextTable(String... headings) {
    this(new ArrayList<>(List.<String[]>of(headings)));
  }

  private TextTable(List<String[]> rows) {
    this.width = rows.getFirst().length;
    this.rows = rows;
  }

  void row(String... cells) {
    if (cells.length != width) {
      throw new IllegalArgumentException("a row has " + width + " cells");
    }
    rows.add(Arrays.stream(cells).map(PrintableText::of).toArray(String[]::new));
  }

  /** Never cuts this column, because users copy its cells. */
  TextTable whole(int column) {
    whole = column;
    return this;
  }

  /** The same table without the columns whose cells all equal this. */
  TextTable withoutEmpty(String nothing) {
    int[] kept =
        IntStream.range(0, width)
            .filter(cell -> rows.stream().skip(1).anyMatch(row -> !row[cell].equals(nothing)))
            .toArray();
    List<String[]> narrower =
        rows.stream()
            .map(row -> Arrays.stream(kept).mapToObj(cell -> row[cell]).toArray(String[]::new))
            .toList();
    return new TextTable(narrower);
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
      if (widest == whole || widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private int widest(int[] widths) {
    int widest = whole == 0 && width > 1 ? 1 : 0;
    for (int cell = widest + 1; cell < widths.length; cell++) {
      if (cell != whole && widths[cell] > widths[widest]) {
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
