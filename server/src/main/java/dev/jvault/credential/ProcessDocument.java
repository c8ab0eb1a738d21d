package dev.jvault.credential;

import dev.jvault.json.JsonText;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import io.avaje.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a {@code credential_process} prints, according to the <a
 * href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html">AWS SDKs'
 * contract</a>: one JSON object whose {@code Version} is the number 1.
 */
final class ProcessDocument {
  /** Says why a document cannot be read, in a clause that quotes nothing of the document. */
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongException(String clause) {
      super(clause);
    }

    String clause() {
      return String.valueOf(getMessage());
    }
  }

  private static final String NO_OBJECT = "printed something other than one JSON object";
  private static final String ACCOUNT = "\\d{12}";

  private final Map<String, String> texts = new HashMap<>();
  private boolean versionOne;

  private ProcessDocument() {}

  /** The credentials in a document. */
  static ExternalCredentials read(String printed) throws WrongException {
    if (printed.isBlank()) {
      throw new WrongException("printed nothing");
    }
    var document = new ProcessDocument();
    document.fill(printed);
    if (!document.versionOne) {
      throw new WrongException("printed JSON whose Version is not the number 1");
    }
    String id = document.required("AccessKeyId");
    String secret = document.required("SecretAccessKey");
    Optional<String> fault =
        IssuedLimits.fault(id, secret, document.text("SessionToken").orElse("none"));
    if (fault.isPresent()) {
      throw new WrongException(fault.get());
    }
    var key = new AccessKey(id, Secret.of(secret));
    return new ExternalCredentials(
        key,
        document.text("SessionToken").map(Secret::of),
        document.end(),
        document.text("AccountId").filter(account -> account.matches(ACCOUNT)));
  }

  private void fill(String printed) throws WrongException {
    // Wrapped in an array, so that the reader also finds text after the object.
    byte[] array = ("[" + printed + "]").getBytes(StandardCharsets.UTF_8);
    try (JsonReader json = JsonText.reader(array)) {
      json.beginArray();
      if (!json.hasNextElement() || json.currentToken() != JsonReader.Token.BEGIN_OBJECT) {
        throw new WrongException(NO_OBJECT);
      }
      json.beginObject();
      while (json.hasNextField()) {
        member(json, json.nextField());
      }
      json.endObject();
      if (json.hasNextElement()) {
        throw new WrongException(NO_OBJECT);
      }
      json.endArray();
    } catch (WrongException e) {
      throw e;
    } catch (RuntimeException e) {
      // The message quotes the text, which may contain a secret.
      throw new WrongException(NO_OBJECT);
    }
  }

  private void member(JsonReader json, String name) throws WrongException {
    JsonReader.Token token = json.currentToken();
    switch (name) {
      case "Version" -> versionOne = json.readRaw().equals("1");
      case "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "AccountId" -> {
        if (token == JsonReader.Token.STRING) {
          texts.put(name, json.readString());
        } else if (json.isNullValue()) {
          texts.remove(name);
        } else {
          throw new WrongException("printed JSON whose %s is not a string".formatted(name));
        }
      }
      default -> json.skipValue();
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(text -> !text.isBlank());
  }

  private String required(String name) throws WrongException {
    return text(name).orElseThrow(() -> new WrongException("printed JSON without " + name));
  }

  private Optional<Instant> end() throws WrongException {
    Optional<String> text = text("Expiration");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        IsoTime.parse(text.get())
            .orElseThrow(() ->
                new WrongException(
                    "printed JSON whose Expiration is not a time such as 2030-01-02T03:04:05Z")));
  }
}
