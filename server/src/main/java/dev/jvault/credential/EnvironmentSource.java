package dev.jvault.credential;

import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/** Takes the credentials in a caller's environment, or says which variable is missing. */
final class EnvironmentSource implements CredentialSource {
  private final String profile;
  private final EnvironmentKeys.Answer answer;
  private final ExternalCredentialReader keys;

  EnvironmentSource(String profile, EnvironmentKeys.Answer answer, ExternalCredentialReader keys) {
    this.profile = profile;
    this.answer = answer;
    this.keys = keys;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    return switch (answer) {
      case EnvironmentKeys.Answer.Given(ExternalCredentials found) ->
          keys.session(found, "The environment that profile " + profile + " starts at");
      case EnvironmentKeys.Answer.Missing(String clause) ->
          new Outcome.Denied(
              Outcome.Reason.PROFILE,
              "Profile %s starts at the environment, where %s; set what is missing and run `jvault unlock %1$s` there."
                  .formatted(profile, clause));
    };
  }

  @Override
  public String fingerprint() {
    return switch (answer) {
      case EnvironmentKeys.Answer.Given(ExternalCredentials found) ->
          String.join(
              "\0",
              "EnvironmentKey",
              found.key().accessKeyId(),
              found.sessionToken().isPresent() ? "" : keys.fingerprint());
      case EnvironmentKeys.Answer.Missing _ -> "EnvironmentKey\0none\0" + profile;
    };
  }

  @Override
  public boolean needsPerson() {
    return keys.tradeNeedsPerson()
        && answer instanceof EnvironmentKeys.Answer.Given(ExternalCredentials found)
        && found.sessionToken().isEmpty();
  }

  /** Yes, because the next caller may have other variables, or none. */
  @Override
  public boolean lastsAsLongAsALogin() {
    return true;
  }

  /** Only if it took an MFA code. */
  @Override
  public boolean durable() {
    return needsPerson();
  }

  @Override
  public String label() {
    return "environment of " + profile;
  }
}
