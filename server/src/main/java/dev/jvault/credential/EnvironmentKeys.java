package dev.jvault.credential;

import dev.jvault.protocol.CallerVariables;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials in the variables of those who asked for profiles that start there, the latest of
 * each profile, in memory only; behind them those of this process. Safe for many threads.
 */
public final class EnvironmentKeys {
  private final Map<String, Map<String, Secret>> latest = new ConcurrentHashMap<>();
  private final Map<String, Secret> own;

  /** Nobody's yet, and those of a process. */
  public EnvironmentKeys(Map<String, String> environment) {
    var kept = new HashMap<String, Secret>();
    for (String name : CallerVariables.KEY) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        kept.put(name, Secret.of(value));
      }
    }
    this.own = kept;
  }

  /**
   * Takes a caller's. One who has none leaves those of the one before: a command that {@code exec}
   * has started lives without them.
   *
   * @param lines {@code NAME=VALUE} each
   */
  public void keep(String profile, Secret lines) {
    var given = new HashMap<String, Secret>();
    lines
        .reveal()
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2 && CallerVariables.KEY.contains(pair[0]))
        .forEach(pair -> given.put(pair[0], Secret.of(pair[1])));
    if (hasKey(given)) {
      latest.put(profile, given);
    }
  }

  /** What a profile starts at. */
  Answer find(String profile) {
    Map<String, Secret> variables = latest.getOrDefault(profile, own);
    Secret id = variables.get("AWS_ACCESS_KEY_ID");
    Secret secret = variables.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      return new Answer.Missing(
          (hasKey(variables) ? "only one of" : "neither of")
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set");
    }
    Optional<Secret> end = Optional.ofNullable(variables.get("AWS_CREDENTIAL_EXPIRATION"));
    Optional<Instant> time = end.flatMap(text -> IsoTime.parse(text.reveal()));
    if (end.isPresent() && time.isEmpty()) {
      return new Answer.Missing(
          "AWS_CREDENTIAL_EXPIRATION is not a time such as 2030-01-02T03:04:05Z");
    }
    return new Answer.Given(
        new ExternalCredentials(
            new AccessKey(id.reveal(), secret),
            Optional.ofNullable(variables.get("AWS_SESSION_TOKEN"))
                .or(() -> Optional.ofNullable(variables.get("AWS_SECURITY_TOKEN"))),
            time,
            Optional.empty()));
  }

  private static boolean hasKey(Map<String, Secret> variables) {
    return variables.containsKey("AWS_ACCESS_KEY_ID")
        || variables.containsKey("AWS_SECRET_ACCESS_KEY");
  }

  /** What an environment gives. */
  sealed interface Answer {
    /** Credentials. */
    record Given(ExternalCredentials key) implements Answer {}

    /**
     * None.
     *
     * @param clause what is missing or wrong
     */
    record Missing(String clause) implements Answer {}
  }
}
