package dev.jvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Parses a launch plan as the launcher does, line by line. */
public final class ParsedLaunchPlan {
  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

  private final List<String> unset = new ArrayList<>();
  private boolean tokenInVariable;
  private final Map<String, String> set = new LinkedHashMap<>();

  /** Parses a plan; anything else is an assertion error. */
  public ParsedLaunchPlan(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    require(lines.getFirst().equals("jvault-plan 1"), text);
    require(lines.get(lines.size() - 2).equals("end") && lines.getLast().isEmpty(), text);
    lines.subList(1, lines.size() - 2).forEach(this::line);
  }

  /** The final value of a variable; empty if the plan does not set it. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(set.get(name));
  }

  /** The variables that the plan sets. */
  public Map<String, String> set() {
    return set;
  }

  /** The variables that the plan removes. */
  public List<String> unset() {
    return unset;
  }

  /** Whether the launcher replaces the token's file by the token. */
  public boolean tokenInVariable() {
    return tokenInVariable;
  }

  private void line(String line) {
    if (line.equals("token-env")) {
      tokenInVariable = true;
      set.put(TOKEN, content(Objects.requireNonNull(set.remove(TOKEN + "_FILE"))));
      return;
    }
    String[] words = line.split(" ", 2);
    String[] pair = words[1].split("=", 2);
    String name = "[A-Za-z_][A-Za-z0-9_]*";
    String names = words[0].equals("unset") ? name + "( " + name + ")*" : name;
    require(pair[0].matches(names), line);
    switch (words[0]) {
      case "unset" -> {
        List<String> gone = List.of(words[1].split(" ", -1));
        unset.addAll(gone);
        gone.forEach(set::remove);
      }
      case "set" -> set.put(pair[0], pair[1]);
      default -> require(false, line);
    }
  }

  private static String content(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new AssertionError("no launch plan: " + what);
    }
  }
}
