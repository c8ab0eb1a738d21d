package dev.jvault.control;

import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.setup.SsoProfiles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks the user which of the generated profiles to write. */
final class SsoChoice {
  private static final int MOST_SHOWN = 40;

  private final List<SsoProfiles.Wanted> all;
  private final Set<SsoProfiles.Role> written;

  /**
   * A choice.
   *
   * @param written the roles whose profiles are there already
   */
  SsoChoice(List<SsoProfiles.Wanted> all, Set<SsoProfiles.Role> written) {
    this.all = all;
    this.written = written;
  }

  /** The chosen profiles, in their order. Those that are there stay chosen. */
  List<SsoProfiles.Wanted> asked(Call call) {
    call.person().tell(shown());
    String usual = written.isEmpty() ? "Enter for all" : "all, or Enter for no other";
    while (true) {
      String answer =
          call.person()
              .ask(
                  new Question(
                      Question.Kind.TEXT,
                      "Which profiles? Numbers such as 1,3-5, names such as prod*, %s: "
                          .formatted(usual)))
              .orElseThrow(() ->
                  new JvaultException(ExitCode.PERSON, "There was no choice; nothing was written."))
              .reveal()
              .strip();
      Set<SsoProfiles.Wanted> chosen = new LinkedHashSet<>();
      if (answer.isEmpty() ? written.isEmpty() : answer.equals("all")) {
        return all;
      }
      boolean understood = true;
      for (String word : answer.isEmpty() ? new String[0] : answer.split("[,\\s]+")) {
        List<SsoProfiles.Wanted> some = named(word);
        understood &= !some.isEmpty();
        if (some.isEmpty()) {
          call.person().tell("No profile is `" + word + "`.");
        }
        chosen.addAll(some);
      }
      if (understood) {
        return all.stream()
            .filter(wanted -> chosen.contains(wanted) || written.contains(wanted.role()))
            .toList();
      }
    }
  }

  private String shown() {
    List<String> lines = new ArrayList<>();
    int most = Math.min(MOST_SHOWN, all.size());
    for (int i = 0; i < most; i++) {
      SsoProfiles.Wanted wanted = all.get(i);
      lines.add(
          "%4d %s %s  (%s)"
              .formatted(
                  i + 1,
                  written.contains(wanted.role()) ? "*" : " ",
                  wanted.profile(),
                  wanted.role().accountId()));
    }
    if (all.size() > most) {
      lines.add("     and %d more".formatted(all.size() - most));
    }
    if (!written.isEmpty()) {
      lines.add("Those with * are in the config file already.");
    }
    return String.join("\n", lines);
  }

  private List<SsoProfiles.Wanted> named(String word) {
    if (word.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
      int hyphen = word.indexOf('-');
      int first = Integer.parseInt(hyphen < 0 ? word : word.substring(0, hyphen));
      int last = hyphen < 0 ? first : Integer.parseInt(word.substring(hyphen + 1));
      return first < 1 || last > all.size() || first > last
          ? List.of()
          : all.subList(first - 1, last);
    }
    return all.stream().filter(wanted -> SsoFilter.fits(word, wanted.profile())).toList();
  }
}
