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
 * The credentials that callers have in their environment, for profiles that start there: the latest
 * of each profile, else those of this process. In memory only. Safe for many threads.
 */
public final class EnvironmentKeys {
  private final Map<String, Map<String, Secret>> latest = new ConcurrentHashMap<>();
  private final Map<String, Secret> own;

  /**
   * No credentials of callers yet.
   *
   * @param environment of this process
   */
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
   * Keeps the credentials of a caller. A caller without any changes nothing, because a command that
   * {@code exec} has started has none.
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

  /** The credentials of a profile that starts at the environment. */
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

  /** The result of looking into an environment. */
  sealed interface Answer {
    /** There are credentials. */
    record Given(ExternalCredentials key) implements Answer {}

    /**
     * There are none.
     *
     * @param clause what is missing or wrong
     */
    record Missing(String clause) implements Answer {}
  }
}
