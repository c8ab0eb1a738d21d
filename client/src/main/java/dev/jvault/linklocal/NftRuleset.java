package dev.jvault.linklocal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of packet rules, parsed from {@code nft -n list ruleset}. */
final class NftRuleset {
  private static final Pattern TABLE = Pattern.compile("table (\\S+) (\\S+) \\{.*");
  private static final Pattern OURS = Pattern.compile("inet jvault_[0-9]+");

  /** A table: its family and name, as in {@code ip nat}, and its lines. */
  private record Table(String name, String text) {
    boolean isOurs() {
      return OURS.matcher(name).matches();
    }
  }

  private final List<Table> tables;

  private NftRuleset(List<Table> tables) {
    this.tables = tables;
  }

  static NftRuleset read(String output) {
    var tables = new ArrayList<Table>();
    String name = "";
    var text = new StringBuilder();
    for (String line : output.lines().toList()) {
      Matcher matcher = TABLE.matcher(line);
      if (matcher.matches()) {
        name = matcher.group(1) + " " + matcher.group(2);
        text.setLength(0);
      } else if (line.equals("}")) {
        tables.add(new Table(name, text.toString()));
      } else {
        text.append(line).append('\n');
      }
    }
    return new NftRuleset(tables);
  }

  /** Whether the user's table exists. */
  boolean has(long uid) {
    return tables.stream().anyMatch(table -> table.name().equals(own(uid)));
  }

  /** Whether another user's table exists. */
  boolean hasAnother(long uid) {
    return tables.stream().anyMatch(table -> table.isOurs() && !table.name().equals(own(uid)));
  }

  /** The first table of another program with rules about the address. */
  Optional<String> foreign(LinkLocalAddress address) {
    return tables.stream()
        .filter(table -> !table.isOurs() && address.isIn(table.text()))
        .map(Table::name)
        .findFirst();
  }

  /** The port to which the user's rule redirects the address. */
  OptionalInt port(long uid, LinkLocalAddress address) {
    Pattern rule =
        Pattern.compile(
            " daddr " + Pattern.quote(address.text()) + " tcp dport 80 redirect to :([0-9]{1,5})");
    for (Table table : tables) {
      Matcher matcher = rule.matcher(table.text());
      if (table.name().equals(own(uid)) && matcher.find()) {
        return OptionalInt.of(Integer.parseInt(matcher.group(1)));
      }
    }
    return OptionalInt.empty();
  }

  private static String own(long uid) {
    return "inet " + LinuxPlan.table(uid);
  }
}
