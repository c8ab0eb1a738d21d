package dev.jvault.reference;

import dev.jvault.client.VerbTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the synopsis of a verb: which jobs it has, as in {@code login [SESSION] | list}, and which
 * words follow, options aside.
 */
final class Synopsis {
  private static final Pattern TOKEN = Pattern.compile("\\[|\\]…?|[^\\s\\[\\]]+");
  private static final Pattern JOB = Pattern.compile("[a-z][a-z-]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z=-]*…?");
  private static final String REPEATED = "…";

  /**
   * One way to use a verb.
   *
   * @param job the word that selects it; empty if there is only one way
   * @param places the placeholders of the words that follow: {@code NAME}, {@code NAME…} if it may
   *     be repeated, {@code TARGET|NAME…} if either may follow
   */
  record Way(String job, List<String> places) {
    Way {
      places = List.copyOf(places);
    }
  }

  private final Set<String> valued = new HashSet<>();
  private final List<Way> ways = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final Deque<Integer> groups = new ArrayDeque<>();
  private String job = "";
  private boolean begun;

  private Synopsis(VerbTable.Entry verb) {
    for (VerbTable.OptionEntry option : verb.options()) {
      if (!option.value().isEmpty()) {
        valued.add("--" + option.name());
        valued.add("-" + option.letter());
      }
    }
  }

  /** The ways to use a verb, in the order of the synopsis; at least one. */
  static List<Way> of(VerbTable.Entry verb) {
    return new Synopsis(verb).read(verb.synopsis());
  }

  private List<Way> read(String synopsis) {
    Matcher tokens = TOKEN.matcher(synopsis);
    boolean open = true;
    while (tokens.find()) {
      String token = tokens.group();
      if (token.equals("|") && groups.isEmpty()) {
        endWay();
        open = true;
      } else if (token.equals("--")) {
        open = false;
      } else if (valued.contains(token)) {
        // The placeholder of its value is no word of the verb.
        begun = true;
        boolean _ = tokens.find();
      } else if (open) {
        take(token);
      }
    }
    endWay();
    return List.copyOf(ways);
  }

  private void take(String token) {
    if (token.equals("[")) {
      groups.push(places.size());
    } else if (token.startsWith("]")) {
      endGroup(token.endsWith(REPEATED));
    } else if (!begun && groups.isEmpty() && JOB.matcher(token).matches()) {
      job = token;
    } else {
      place(token);
    }
    begun = true;
  }

  private void place(String token) {
    String place =
        Stream.of(token.split("\\|", -1))
            .filter(word -> PLACEHOLDER.matcher(word).matches())
            .collect(Collectors.joining("|"));
    if (!place.isEmpty()) {
      places.add(place);
    }
  }

  private void endGroup(boolean repeated) {
    int start = groups.isEmpty() ? 0 : groups.pop();
    List<String> group = places.subList(start, places.size());
    if (repeated && !group.isEmpty()) {
      String all = String.join("|", group).replace(REPEATED, "") + REPEATED;
      group.removeLast();
      places.add(all);
    }
  }

  private void endWay() {
    ways.add(new Way(job, places));
    job = "";
    begun = false;
    places.clear();
    groups.clear();
  }
}
