package dev.jvault.control;

import dev.jvault.audit.TokenlessRequests;
import dev.jvault.json.JsonText;
import dev.jvault.protocol.PrintableText;
import io.avaje.json.JsonWriter;
import java.util.List;

/** The part of {@code status} that is about programs which asked without a token. */
final class TokenlessStatus {
  private final TokenlessRequests requests;

  TokenlessStatus(TokenlessRequests requests) {
    this.requests = requests;
  }

  /** A sentence for each program, with what helps it. */
  List<String> lines(LocalTimes times) {
    return requests.latest().stream()
        .map(entry -> {
          String known = PrintableText.quoted(entry.program());
          String program = known.isEmpty() ? "A program" : known;
          String command = known.isEmpty() ? "CMD" : known;
          String profile = PrintableText.quoted(entry.profile());
          return "%s asked for %s %s without a token and got nothing; if it knows no token file, use `jvault exec --token-env %s -- %s` or set jvault_token_env = true in the profile"
              .formatted(program, profile, times.ago(entry.last()), profile, command);
        })
        .toList();
  }

  /** The same as an array of objects. */
  void json(JsonWriter json) {
    json.name("withoutToken");
    json.beginArray();
    for (TokenlessRequests.Entry entry : requests.latest()) {
      json.beginObject();
      JsonText.member(json, "program", entry.program());
      JsonText.member(json, "profile", entry.profile());
      JsonText.time(json, "last", entry.last());
      json.endObject();
    }
    json.endArray();
  }
}
