package dev.jvault.explain;

import java.util.List;

/**
 * One hop of a chain, in words.
 *
 * @param kind of the hop, such as {@code vault-key} or {@code assume-role}
 * @param call the name of the call in AWS's API; empty if none is made
 * @param title a line that says what is done
 * @param profile the profile that it belongs to
 * @param parameters what is sent, run or read
 * @param asks what the user is asked for at this step
 * @param sharedWith the profiles that use the same session
 */
record ExplainedStep(
    String kind,
    String call,
    String title,
    String profile,
    List<Parameter> parameters,
    List<ExpectedPrompt> asks,
    List<String> sharedWith) {
  ExplainedStep {
    parameters = List.copyOf(parameters);
    asks = List.copyOf(asks);
    sharedWith = List.copyOf(sharedWith);
  }

  /** The same with those who share it. */
  ExplainedStep sharedWith(List<String> profiles) {
    return new ExplainedStep(kind, call, title, profile, parameters, asks, profiles);
  }
}
