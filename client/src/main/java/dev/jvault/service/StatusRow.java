package dev.jvault.service;

import java.util.List;

/**
 * A row of the status: a label, and a value of one or more lines.
 *
 * @param label two words at most
 */
record StatusRow(String label, String value) {
  /** All rows as a table. */
  static String table(List<StatusRow> rows) {
    int width = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0) + 3;
    var text = new StringBuilder();
    for (StatusRow row : rows) {
      String label = row.label();
      for (String line : row.value().lines().toList()) {
        text.append(label).append(" ".repeat(width - label.length())).append(line).append('\n');
        label = "";
      }
    }
    return text.toString();
  }
}
