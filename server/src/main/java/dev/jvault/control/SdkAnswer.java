package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.protocol.PrintableText;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import io.avaje.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an SDK gets from the endpoint, as the client reports it. */
final class SdkAnswer {
  private final int status;
  private final Map<String, Secret> members;
  private final String failure;

  private SdkAnswer(int status, Map<String, Secret> members, String failure) {
    this.status = status;
    this.members = members;
    this.failure = failure;
  }

  /** Reads a report: the HTTP status and the body, or 0 and why there was no answer. */
  static SdkAnswer of(Secret report) {
    String[] parts = report.reveal().split("\n", 2);
    String body = parts.length > 1 ? parts[1] : "";
    int status = parts[0].matches("\\d{1,3}") ? Integer.parseInt(parts[0]) : 0;
    return status == 0
        ? new SdkAnswer(0, Map.of(), PrintableText.oneLine(body))
        : new SdkAnswer(status, members(body), "");
  }

  /** The HTTP status; 0 if there was no answer. */
  int status() {
    return status;
  }

  /** Why there are no credentials. */
  String message() {
    return status == 0 ? failure : text("Message").orElse("no message");
  }

  /** The credentials, if the answer has all that SDKs want. */
  Optional<SessionCredentials> credentials(Instant now) {
    if (status != 200) {
      return Optional.empty();
    }
    Optional<Instant> end = text("Expiration").flatMap(SdkAnswer::instant);
    Secret id = members.get("AccessKeyId");
    Secret secret = members.get("SecretAccessKey");
    Secret token = members.get("Token");
    if (end.isEmpty() || id == null || secret == null || token == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SessionCredentials(
            new AccessKey(id.reveal(), secret),
            token,
            now,
            end.get(),
            text("AccountId"),
            text("RoleArn")));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name)).map(Secret::reveal).map(PrintableText::oneLine);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The members that are strings; none if the body is no JSON object. */
  private static Map<String, Secret> members(String body) {
    Map<String, Secret> found = new HashMap<>();
    try (JsonReader reader = JsonText.reader(body.getBytes(StandardCharsets.UTF_8))) {
      reader.beginObject();
      while (reader.hasNextField()) {
        found.put(reader.nextField(), Secret.of(reader.readString()));
      }
      reader.endObject();
    } catch (RuntimeException _) {
      // What was read so far counts; the status says the rest.
    }
    return found;
  }

  @Override
  public String toString() {
    return "SdkAnswer[" + status + "]";
  }
}
