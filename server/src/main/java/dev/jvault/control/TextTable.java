package dev.jvault.control;

import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that never cuts a value. On a terminal that is too narrow for it, cells break into lines;
 * on one that is too narrow even for that, each row becomes a block of one line for each column.
 */
final class TextTable {
  /** The width of an output that is no terminal. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int GAP = 2;

  private final int width;
  private final List<String[]> rows;
  private Set<Integer> whole = Set.of();

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

  /** Never breaks the cells of these columns: names that users copy, and short times. */
  TextTable whole(Integer... columns) {
    whole = Set.of(columns);
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

  /** The text for a terminal of this many columns. */
  String render(int columns) {
    int[] least = new int[width];
    int[] widths = new int[width];
    for (String[] row : rows) {
      for (int cell = 0; cell < width; cell++) {
        var text = new WrappedCell(row[cell]);
        widths[cell] = Math.max(widths[cell], text.width());
        least[cell] = Math.max(least[cell], whole.contains(cell) ? text.width() : text.narrowest());
      }
    }
    return fit(widths, least, columns) ? table(widths) : blocks();
  }

  /** Narrows the widest columns until the rows fit; false if that is not possible. */
  private static boolean fit(int[] widths, int[] least, int columns) {
    while (IntStream.of(widths).sum() + GAP * (widths.length - 1) > columns) {
      int widest = -1;
      for (int cell = 0; cell < widths.length; cell++) {
        if (widths[cell] > least[cell] && (widest < 0 || widths[cell] > widths[widest])) {
          widest = cell;
        }
      }
      if (widest < 0) {
        return false;
      }
      widths[widest]--;
    }
    return true;
  }

  private String table(int[] widths) {
    var text = new StringBuilder();
    for (int index = 0; index < rows.size(); index++) {
      row(text, rows.get(index), widths);
      if (index == 0) {
        row(text, IntStream.of(widths).mapToObj("="::repeat).toArray(String[]::new), widths);
      }
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String[] row, int[] widths) {
    List<List<String>> cells =
        IntStream.range(0, row.length)
            .mapToObj(cell -> new WrappedCell(row[cell]).lines(widths[cell]))
            .toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    for (int number = 0; number < height; number++) {
      var line = new StringBuilder();
      for (int cell = 0; cell < row.length; cell++) {
        List<String> lines = cells.get(cell);
        String shown = number < lines.size() ? lines.get(number) : "";
        line.append(padded(shown, widths[cell] + GAP));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  /** Each row as lines of a heading and a value, with an empty line between rows. */
  private String blocks() {
    String[] headings = rows.getFirst();
    int indent = Arrays.stream(headings).mapToInt(DisplayWidth::of).max().orElse(0) + GAP;
    return rows.stream()
        .skip(1)
        .map(row ->
            IntStream.range(0, width)
                .mapToObj(cell -> padded(headings[cell], indent) + row[cell] + "\n")
                .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - DisplayWidth.of(text));
  }
}
