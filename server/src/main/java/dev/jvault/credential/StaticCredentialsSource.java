package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes a temporary key that a config file holds in plain text. Its end is unknown. */
final class StaticCredentialsSource implements CredentialSource {
  /** How long it is used before it is read again. AWS may refuse it earlier. */
  static final Duration BELIEVED = Duration.ofHours(1);

  private final Hop.PlainKey hop;
  private final Secret sessionToken;
  private final InstantSource clock;

  StaticCredentialsSource(Hop.PlainKey hop, Secret sessionToken, InstantSource clock) {
    this.hop = hop;
    this.sessionToken = sessionToken;
    this.clock = clock;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    Instant now = clock.instant();
    return new Outcome.Issued(
        new SessionCredentials(
            hop.key(), sessionToken, now, now.plus(BELIEVED), Optional.empty(), Optional.empty()));
  }

  @Override
  public String fingerprint() {
    return "PlainKey\0" + hop.accessKeyId();
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public String label() {
    return "temporary key of " + hop.where();
  }
}
