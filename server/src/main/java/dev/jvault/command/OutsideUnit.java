package dev.jvault.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Command lines that the user's systemd runs in a unit of its own. What the daemon starts itself is
 * in the sandbox of {@code jvault.service}, in which a browser can make no sandbox of its own, and
 * it counts as part of that unit.
 */
public final class OutsideUnit {
  private static final List<String> START =
      List.of(
          "systemd-run",
          "--user",
          "--quiet",
          "--collect",
          // Else a failure of the command would not be seen.
          "--wait",
          // Else systemd would write the command line into the journal.
          "--description=A program that jvault has opened",
          // A command that ends has often left a browser behind.
          "--property=KillMode=process",
          "--property=StandardOutput=null",
          "--property=StandardError=null");

  private OutsideUnit() {}

  /**
   * The command line of {@code systemd-run} that runs a command, and ends as it does. No value of a
   * variable is in it, because everybody can read it: {@code systemd-run} takes the values from its
   * own environment.
   *
   * @param variables the names of the variables that the command gets, beside those of systemd
   */
  public static List<String> words(Set<String> variables, List<String> command) {
    var words = new ArrayList<>(START);
    new TreeSet<>(variables).forEach(name -> words.add("--setenv=" + name));
    words.add("--");
    // The shell finds the command on the caller's PATH; systemd has its own.
    Stream.concat(Stream.of("/bin/sh", "-c", "exec \"$0\" \"$@\""), command.stream())
        // systemd would put variables in.
        .map(word -> word.replace("$", "$$"))
        .forEach(words::add);
    return words;
  }
}
