package dev.jvault.doctor;

import dev.jvault.profile.Profiles;
import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the profile that {@code AWS_PROFILE} names exists. */
final class ChosenProfileCheck implements Check {
  private static final List<String> VARIABLES = List.of("AWS_PROFILE", "AWS_DEFAULT_PROFILE");

  private final Profiles profiles;

  ChosenProfileCheck(Profiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public String id() {
    return "aws-profile";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    var findings = new ArrayList<Finding>();
    for (String variable : VARIABLES) {
      Optional<String> name = caller.value(variable);
      if (name.isPresent()) {
        findings.add(named(variable, name.get(), caller));
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("AWS_PROFILE is not set."))
        : List.copyOf(findings);
  }

  private Finding named(String variable, String name, ExaminedCaller caller) {
    String shown = PrintableText.quoted(name);
    if (profiles.configured(name, caller.environment())) {
      return Finding.ok(variable + " names the profile " + shown + ".");
    }
    return Finding.problem(
        variable + " names the profile " + shown + ", which the config files do not have.",
        "The AWS CLI, Python and Go stop with an error because of that.",
        "unset " + variable);
  }
}
