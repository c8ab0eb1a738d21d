package dev.jvault.control;

import dev.jvault.json.JsonText;
import dev.jvault.launch.ShellSyntax;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** How {@code export} writes credentials; the names and the order are aws-vault's. */
enum ExportFormat {
  /** {@code NAME=value}, as files for {@code --env-file} have it: nothing is quoted. */
  ENV("env"),
  /** Lines for POSIX shells. */
  EXPORT_ENV("export-env"),
  /** The JSON of a {@code credential_process}. */
  JSON("json"),
  /** A section of the credentials file. */
  INI("ini"),
  /** Lines for fish. */
  FISH("fish"),
  /** Lines for PowerShell. */
  POWERSHELL("powershell");

  private final String text;

  ExportFormat(String text) {
    this.text = text;
  }

  /**
   * The format with this name.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if there is none
   */
  static ExportFormat of(String word) {
    for (ExportFormat format : values()) {
      if (format.text.equals(word)) {
        return format;
      }
    }
    String hint =
        NearestNames.to(word, List.of("env", "export-env", "json", "ini", "fish", "powershell"))
            .stream()
            .findFirst()
            .map(nearest -> " Did you mean " + nearest + "?")
            .orElse("");
    throw new JvaultException(
        ExitCode.USAGE,
        "There is no format '%s'; use env, export-env, json, ini, fish or powershell.%s"
            .formatted(word, hint));
  }

  /**
   * The text for standard output, with its last line break.
   *
   * @throws JvaultException if a value has a line break, which no format but JSON can hold
   */
  String render(String profile, SigningCredentials credentials, Optional<String> region) {
    return switch (this) {
      case ENV -> lines(credentials, region, (name, value) -> name + "=" + value);
      case EXPORT_ENV -> lines(credentials, region, ShellSyntax.SH::set);
      case FISH -> lines(credentials, region, ShellSyntax.FISH::set);
      case POWERSHELL -> lines(credentials, region, ShellSyntax.POWERSHELL::set);
      case INI -> ini(profile, credentials, region);
      case JSON -> json(credentials);
    };
  }

  private static String lines(
      SigningCredentials credentials,
      Optional<String> region,
      BiFunction<String, String, String> line) {
    var values = new LinkedHashMap<String, String>();
    values.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    values.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey().reveal());
    token(credentials).ifPresent(token -> values.put("AWS_SESSION_TOKEN", token));
    expiration(credentials)
        .ifPresent(time -> values.put("AWS_CREDENTIAL_EXPIRATION", time.toString()));
    region.ifPresent(name -> values.put("AWS_REGION", name));
    region.ifPresent(name -> values.put("AWS_DEFAULT_REGION", name));
    values.forEach(ExportFormat::refuseLineBreak);
    return values.entrySet().stream()
        .map(entry -> line.apply(entry.getKey(), entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String ini(
      String profile, SigningCredentials credentials, Optional<String> region) {
    var values = new LinkedHashMap<String, String>();
    values.put("aws_access_key_id", credentials.accessKeyId());
    values.put("aws_secret_access_key", credentials.secretAccessKey().reveal());
    token(credentials).ifPresent(token -> values.put("aws_session_token", token));
    expiration(credentials)
        .ifPresent(time -> values.put("aws_credential_expiration", time.toString()));
    region.ifPresent(name -> values.put("region", name));
    values.forEach(ExportFormat::refuseLineBreak);
    int width = values.keySet().stream().mapToInt(String::length).max().orElseThrow();
    var text = new StringBuilder("[" + profile + "]\n");
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String name = entry.getKey();
      text.append(name).append(" ".repeat(width - name.length()));
      text.append(" = ").append(entry.getValue()).append('\n');
    }
    return text.toString();
  }

  private static String json(SigningCredentials credentials) {
    byte[] document =
        JsonText.object(json -> {
          JsonText.member(json, "Version", 1);
          JsonText.member(json, "AccessKeyId", credentials.accessKeyId());
          JsonText.member(json, "SecretAccessKey", credentials.secretAccessKey().reveal());
          JsonText.member(json, "SessionToken", token(credentials));
          JsonText.member(json, "Expiration", expiration(credentials).map(Instant::toString));
        });
    return new String(document, StandardCharsets.UTF_8) + "\n";
  }

  private static void refuseLineBreak(String name, String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new JvaultException(
          ExitCode.USAGE,
          name + " cannot be printed, because its value has a line break; take it out.");
    }
  }

  private static Optional<String> token(SigningCredentials credentials) {
    return credentials.sessionToken().map(Secret::reveal);
  }

  private static Optional<Instant> expiration(SigningCredentials credentials) {
    return credentials instanceof SessionCredentials session
        ? Optional.of(session.expiration().truncatedTo(ChronoUnit.SECONDS))
        : Optional.empty();
  }
}
