package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** System commands that print what a test defines, and nothing otherwise. */
final class FakeCommands implements SystemCommands {
  /** The commands that change something, in order, as a user would type them. */
  final List<String> changes = new ArrayList<>();

  final Set<String> missing = new HashSet<>();

  /** The command line and the environment of the last program that talks to the user. */
  List<String> attended = List.of();

  Map<String, String> attendedEnvironment = Map.of();
  private final Map<String, CommandResult> answers = new HashMap<>();

  FakeCommands() {
    prints("getent passwd 1000", "alice:x:1000:100:Alice:/home/alice:/bin/bash\n");
  }

  /** Defines the output of commands whose line begins with this text. */
  FakeCommands prints(String beginning, String output) {
    return answers(beginning, 0, output);
  }

  /** Lets commands fail whose line begins with this text. */
  FakeCommands fails(String beginning, String output) {
    return answers(beginning, 2, output);
  }

  FakeCommands answers(String beginning, int exit, String output) {
    answers.put(beginning, new CommandResult(exit, output));
    return this;
  }

  @Override
  public boolean has(String program) {
    return !missing.contains(program);
  }

  @Override
  public CommandResult run(Command command) {
    String line = command.rendered();
    if (line.matches("(?s).* route (add|del) .*|nft -f.*|ifconfig lo0 .+|pfctl .*-[fFE].*")) {
      changes.add(line.strip());
    }
    return answer(line);
  }

  @Override
  public CommandResult runAttended(List<String> words, Map<String, String> environment) {
    attended = List.copyOf(words);
    attendedEnvironment = Map.copyOf(environment);
    return answer(String.join(" ", words));
  }

  /** The result of the longest beginning that matches. */
  private CommandResult answer(String line) {
    String best = "";
    for (String beginning : answers.keySet()) {
      if (line.startsWith(beginning) && beginning.length() > best.length()) {
        best = beginning;
      }
    }
    return answers.getOrDefault(best, new CommandResult(0, ""));
  }
}
