package dev.jvault.setup;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the words of the command line: targets, some of them followed by a profile. */
final class TargetWords {
  /**
   * A target that the user named.
   *
   * @param profile the word behind it
   */
  record Named(SetupTarget target, Optional<String> profile) {}

  private TargetWords() {}

  /** The targets, in their order. */
  static List<Named> read(List<String> words) {
    List<Named> named = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      SetupTarget target = target(words.get(at++));
      Optional<String> profile = Optional.empty();
      if (at < words.size() && isProfileOf(target, words.get(at))) {
        profile = Optional.of(words.get(at++));
      }
      named.add(new Named(target, profile));
    }
    return named;
  }

  /** A word that is a target too is a profile only behind {@code profile} and {@code default}. */
  private static boolean isProfileOf(SetupTarget target, String word) {
    SetupTarget.Description description = target.description();
    boolean needsOne = List.of("profile", "default").contains(description.id());
    return description.takesProfile() && (needsOne || find(word).isEmpty());
  }

  private static SetupTarget target(String word) {
    return find(word)
        .orElseThrow(() -> {
          List<String> ids = Targets.ALL.stream().map(target -> target.description().id()).toList();
          String hint =
              NearestNames.to(word, ids).stream()
                  .findFirst()
                  .map(nearest -> "did you mean `" + nearest + "`?")
                  .orElse("`jvault setup --list` shows them; a profile is `profile NAME`.");
          return new JvaultException(
              ExitCode.USAGE, "There is no target `" + PrintableText.quoted(word) + "`; " + hint);
        });
  }

  private static Optional<SetupTarget> find(String word) {
    return Targets.ALL.stream()
        .filter(target -> target.description().id().equals(word))
        .findFirst();
  }
}
