package dev.jvault.doctor;

import dev.jvault.profile.ConfigReader;
import dev.jvault.protocol.PrintableText;
import java.util.List;

/** Long-lived keys in plain text in the config files. */
final class PlaintextKeysCheck implements Check {
  private final ConfigReader reader;

  PlaintextKeysCheck(ConfigReader reader) {
    this.reader = reader;
  }

  @Override
  public String id() {
    return "plaintext-keys";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    List<Finding> findings =
        reader.plaintextKeys(caller.environment()).stream()
            .map(PlaintextKeysCheck::finding)
            .toList();
    return findings.isEmpty()
        ? List.of(Finding.ok("No profile has a key in plain text."))
        : findings;
  }

  private static Finding finding(ConfigReader.KeyLocation place) {
    String name = PrintableText.quoted(place.profile());
    String what = "The profile %s has its key in plain text at %s.".formatted(name, place.where());
    return place.ofAws()
        ? Finding.problem(
            what, "Every program and every backup can read it.", "jvault import " + name)
        : Finding.note(what, "It is none of AWS's own, such as that of a stand-in.", "");
  }
}
