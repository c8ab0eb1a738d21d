package dev.jvault.explain;

import dev.jvault.profile.ProfileReading;
import dev.jvault.profile.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders an explanation for a terminal. */
public final class ExplanationText {
  private static final String IN_THE_ENVIRONMENT = "in the environment";

  private final Explanation explanation;
  private final Optional<String> home;
  private final StringBuilder text = new StringBuilder();

  private ExplanationText(Explanation explanation, Optional<String> home) {
    this.explanation = explanation;
    this.home = home;
  }

  /**
   * The text, with a newline at its end.
   *
   * @param home the caller's home folder, which is shortened to {@code ~}
   */
  public static String of(Explanation explanation, Optional<String> home) {
    return new ExplanationText(explanation, home).render();
  }

  private String render() {
    if (explanation.steps().isEmpty()) {
      readings();
    } else {
      steps();
    }
    list("Notes", explanation.notes());
    list("Advice", explanation.advice());
    return text.toString();
  }

  private void steps() {
    String place = place(explanation.readings().stream().findFirst());
    line("Profile " + DisplayedText.of(explanation.profile()) + place + ", from the bottom up:");
    for (int i = 0; i < explanation.steps().size(); i++) {
      ExplainedStep step = explanation.steps().get(i);
      line("");
      line(
          (i + 1) + ". " + step.title() + " For profile " + DisplayedText.of(step.profile()) + ".");
      parameters(step.parameters());
      if (!step.sharedWith().isEmpty()) {
        line("   Shared with " + String.join(", ", shown(step.sharedWith())) + ".");
      }
    }
    line("");
    line(
        explanation
            .region()
            .map(region -> "Region of the command: " + region.value() + origin(region))
            .orElse("Region of the command: its own, because the profile names none."));
    asked();
  }

  private void asked() {
    List<String> asks =
        Stream.concat(
                explanation.asks().stream(),
                explanation.steps().stream().flatMap(step -> step.asks().stream()))
            .map(ExpectedPrompt::sentence)
            .toList();
    if (asks.isEmpty()) {
      line("Asked for: nothing.");
    } else {
      line("Asked for, unless a valid session makes it unnecessary:");
      asks.forEach(ask -> line("   - " + ask));
    }
  }

  private void readings() {
    if (explanation.readings().isEmpty()) {
      return;
    }
    line("What can be read:");
    for (ProfileReading reading : explanation.readings()) {
      line("");
      line("Profile " + DisplayedText.of(reading.name()) + place(Optional.of(reading)));
      parameters(
          reading.settings().stream()
              .map(s -> new Parameter(s.key(), DisplayedText.of(s.text()), Optional.of(s), ""))
              .toList());
    }
  }

  private void parameters(List<Parameter> parameters) {
    int names = parameters.stream().mapToInt(one -> one.name().length()).max().orElse(0);
    for (Parameter parameter : parameters) {
      line(
          "   "
              + parameter.name()
              + " ".repeat(names - parameter.name().length() + 2)
              + parameter.value()
              + origin(parameter)
              + (parameter.remark().isEmpty() ? "" : "; " + parameter.remark()));
    }
  }

  private String origin(Parameter parameter) {
    return parameter
        .setting()
        .map(setting -> parameter.name().equals(setting.key()) ? where(setting) : named(setting))
        .map("  (%s)"::formatted)
        .orElse("  (default)");
  }

  private String named(Setting setting) {
    return setting.where().equals(IN_THE_ENVIRONMENT)
        ? setting.key() + " " + IN_THE_ENVIRONMENT
        : setting.key() + ", " + where(setting);
  }

  private String where(Setting setting) {
    return shortened(setting.where());
  }

  private String place(Optional<ProfileReading> reading) {
    return reading
        .flatMap(ProfileReading::position)
        .map(position -> " (" + shortened(position.toString()) + ")")
        .orElse("");
  }

  private void list(String heading, List<String> sentences) {
    if (!sentences.isEmpty()) {
      line("");
      line(heading + ":");
      sentences.forEach(sentence -> line("   - " + sentence(sentence)));
    }
  }

  private String shortened(String place) {
    return home.filter(folder -> place.startsWith(folder + "/"))
        .map(folder -> "~" + place.substring(folder.length()))
        .orElse(place);
  }

  private String sentence(String sentence) {
    return home.map(folder -> sentence.replace(folder + "/", "~/")).orElse(sentence);
  }

  private static List<String> shown(List<String> names) {
    return names.stream().map(DisplayedText::of).toList();
  }

  private void line(String content) {
    text.append(content.stripTrailing()).append('\n');
  }
}
