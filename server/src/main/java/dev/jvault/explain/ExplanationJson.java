package dev.jvault.explain;

import dev.jvault.json.JsonText;
import dev.jvault.profile.ProfileReading;
import dev.jvault.profile.Setting;
import io.avaje.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An explanation for a program. Members are added in later versions, none changes its meaning:
 *
 * <ul>
 *   <li>{@code profile}; {@code vault}: {@code unlocked}, {@code locked}, {@code none}
 *   <li>{@code problem}: the sentence that says why the profile cannot be used; absent if it can
 *   <li>{@code region}: what the command gets, a parameter; absent if it keeps its own
 *   <li>{@code steps}: from the bottom up; empty if the profile does not resolve. Each has {@code
 *       kind} ({@code vault-key}, {@code plain-key}, {@code environment}, {@code
 *       credential-process}, {@code web-identity}, {@code sso}, {@code login}, {@code
 *       ec2-instance}, {@code ecs-container}, {@code session-token}, {@code assume-role}), {@code
 *       profile}, {@code call} (absent if none is made), {@code parameters}, {@code asks} and
 *       {@code sharedWith} (names of profiles)
 *   <li>a parameter: {@code name}, {@code value} (a string), {@code key} and {@code where} ({@code
 *       file:line} or {@code in the environment}; both absent for a default), {@code remark}
 *   <li>{@code asks}, of the whole and of each step: {@code what} ({@code mfa-code}, {@code
 *       browser-login}, {@code vault-passphrase}), {@code of}, {@code how} ({@code terminal},
 *       {@code mfa_process}, {@code browser}, or what AWS_VAULT_PROMPT names)
 *   <li>{@code profiles}: what the files say, the profile itself first; each has {@code name},
 *       {@code where} and {@code settings} ({@code key}, {@code value}, {@code where})
 *   <li>{@code notes} and {@code advice}: sentences
 * </ul>
 */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** One object, with a newline at its end. */
  public static String of(Explanation explanation) {
    return JsonText.prettyObject(json -> {
      JsonText.member(json, "profile", explanation.profile());
      JsonText.member(json, "vault", explanation.vault());
      JsonText.member(json, "problem", explanation.problem());
      explanation
          .region()
          .ifPresent(region -> {
            json.name("region");
            parameter(json, region);
          });
      list(json, "steps", explanation.steps(), step -> step(json, step));
      list(json, "asks", explanation.asks(), ask -> ask(json, ask));
      list(json, "profiles", explanation.readings(), reading -> reading(json, reading));
      list(json, "notes", explanation.notes(), json::value);
      list(json, "advice", explanation.advice(), json::value);
    });
  }

  private static void step(JsonWriter json, ExplainedStep step) {
    json.beginObject();
    JsonText.member(json, "kind", step.kind());
    JsonText.member(json, "profile", step.profile());
    JsonText.member(json, "call", Optional.of(step.call()).filter(call -> !call.isEmpty()));
    list(json, "parameters", step.parameters(), one -> parameter(json, one));
    list(json, "asks", step.asks(), ask -> ask(json, ask));
    list(json, "sharedWith", step.sharedWith(), json::value);
    json.endObject();
  }

  private static void parameter(JsonWriter json, Parameter parameter) {
    json.beginObject();
    JsonText.member(json, "name", parameter.name());
    JsonText.member(json, "value", parameter.value());
    JsonText.member(json, "key", parameter.setting().map(Setting::key));
    JsonText.member(json, "where", parameter.setting().map(Setting::where));
    JsonText.member(json, "remark", Optional.of(parameter.remark()).filter(r -> !r.isEmpty()));
    json.endObject();
  }

  private static void ask(JsonWriter json, ExpectedPrompt ask) {
    json.beginObject();
    JsonText.member(json, "what", ask.what());
    JsonText.member(json, "of", Optional.of(ask.of()).filter(of -> !of.isEmpty()));
    JsonText.member(json, "how", ask.how());
    json.endObject();
  }

  private static void reading(JsonWriter json, ProfileReading reading) {
    json.beginObject();
    JsonText.member(json, "name", reading.name());
    JsonText.member(json, "where", reading.position().map(Object::toString));
    list(json, "settings", reading.settings(), setting -> setting(json, setting));
    json.endObject();
  }

  private static void setting(JsonWriter json, Setting setting) {
    json.beginObject();
    JsonText.member(json, "key", setting.key());
    JsonText.member(json, "value", DisplayedText.of(setting.text()));
    JsonText.member(json, "where", setting.where());
    json.endObject();
  }

  private static <T> void list(
      JsonWriter json, String name, List<T> values, Consumer<? super T> write) {
    json.name(name);
    json.beginArray();
    values.forEach(write);
    json.endArray();
  }
}
