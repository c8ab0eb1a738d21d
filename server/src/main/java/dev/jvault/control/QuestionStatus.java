package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.prompt.OpenQuestion;
import dev.jvault.session.Sessions;
import io.avaje.json.JsonWriter;

/** The part of {@code status} that is about questions that wait for the user's answer. */
final class QuestionStatus {
  private final Sessions sessions;

  QuestionStatus(Sessions sessions) {
    this.sessions = sessions;
  }

  /** A line for each open question. */
  void lines(StatusText text, LocalTimes times) {
    for (OpenQuestion question : sessions.openQuestions()) {
      text.line(
          "asking",
          "%s asks for %s (%s) %s"
              .formatted(
                  question.askedBy(),
                  question.what(),
                  question.driver(),
                  times.note(question.since())));
    }
  }

  /** The member for open questions. */
  void json(JsonWriter json) {
    json.name("openQuestions");
    json.beginArray();
    for (OpenQuestion question : sessions.openQuestions()) {
      json.beginObject();
      JsonText.member(json, "what", question.what());
      JsonText.member(json, "askedBy", question.askedBy());
      JsonText.member(json, "driver", question.driver());
      JsonText.time(json, "since", question.since());
      json.endObject();
    }
    json.endArray();
  }
}
