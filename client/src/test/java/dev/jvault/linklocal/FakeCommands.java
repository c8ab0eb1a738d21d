package dev.jvault.linklocal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine whose programs print what a test says, and otherwise nothing. */
final class FakeCommands implements SystemCommands {
  /** What was run that is no question, in order, as a person would type it. */
  final List<String> changes = new ArrayList<>();

  final Set<String> missing = new HashSet<>();

  /** The words and the environment of the last program that talks to the person. */
  List<String> attended = List.of();

  Map<String, String> attendedEnvironment = Map.of();
  private final Map<String, Result> answers = new HashMap<>();

  FakeCommands() {
    prints("getent passwd 1000", "alice:x:1000:100:Alice:/home/alice:/bin/bash\n");
  }

  /** What a command prints when its line begins so. */
  FakeCommands prints(String beginning, String output) {
    return answers(beginning, 0, output);
  }

  /** A command that fails when its line begins so. */
  FakeCommands fails(String beginning, String output) {
    return answers(beginning, 2, output);
  }

  FakeCommands answers(String beginning, int exit, String output) {
    answers.put(beginning, new Result(exit, output));
    return this;
  }

  @Override
  public boolean has(String program) {
    return !missing.contains(program);
  }

  @Override
  public Result run(Command command) {
    String line = command.rendered();
    if (line.matches("(?s).* route (add|del) .*|nft -f.*|ifconfig lo0 .+|pfctl .*-[fFE].*")) {
      changes.add(line.strip());
    }
    return answer(line);
  }

  @Override
  public Result runAttended(List<String> words, Map<String, String> environment) {
    attended = List.copyOf(words);
    attendedEnvironment = Map.copyOf(environment);
    return answer(String.join(" ", words));
  }

  /** The longest beginning that fits. */
  private Result answer(String line) {
    String best = "";
    for (String beginning : answers.keySet()) {
      if (line.startsWith(beginning) && beginning.length() > best.length()) {
        best = beginning;
      }
    }
    return answers.getOrDefault(best, new Result(0, ""));
  }
}
