package dev.jvault.doctor;

import java.util.List;

/** Variables of the caller from which SDKs take credentials before they ask jvault. */
final class VariablesCheck implements Check {
  private static final List<String> KEYS =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          // Ruby and version 1 of the SDK for Java read these too.
          "AMAZON_ACCESS_KEY_ID",
          "AMAZON_SECRET_ACCESS_KEY",
          "AWS_ACCESS_KEY",
          "AWS_SECRET_KEY",
          "AWS_CREDENTIAL_FILE",
          "AWS_CREDENTIAL_PROFILES_FILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE");

  @Override
  public String id() {
    return "variables";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    List<String> found = KEYS.stream().filter(caller::sets).toList();
    if (found.isEmpty()) {
      return List.of(Finding.ok("No variable has credentials that would win over jvault's."));
    }
    String what = String.join(", ", found) + (found.size() == 1 ? " is set." : " are set.");
    if (caller.withinExec() && caller.sets("AWS_CREDENTIAL_EXPIRATION")) {
      return List.of(
          Finding.note(
              what,
              "They come from `jvault exec --env` and are not refreshed when they expire.",
              ""));
    }
    return List.of(
        Finding.problem(
            what,
            "SDKs take credentials from there before they ask jvault, unless `jvault exec` starts"
                + " the program.",
            "unset " + String.join(" ", found)));
  }
}
