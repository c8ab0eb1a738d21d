package dev.jvault.secret;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Temporary credentials of one hop, as STS issued them. */
public final class SessionCredentials implements SigningCredentials {
  private final String accessKeyId;
  private final Secret secretAccessKey;
  private final Optional<Secret> sessionToken;
  private final Instant issued;
  private final Instant expiration;
  private final Optional<String> accountId;
  private final Optional<String> roleArn;

  /**
   * Credentials with their life.
   *
   * @param issued when they were received, by this machine's clock
   * @param expiration when AWS stops to accept them
   * @param accountId twelve digits, if the response has them
   * @param roleArn the role that was assumed, if one was
   */
  public SessionCredentials(
      AccessKey key,
      Secret sessionToken,
      Instant issued,
      Instant expiration,
      Optional<String> accountId,
      Optional<String> roleArn) {
    this(key, Optional.of(sessionToken), issued, expiration, accountId, roleArn);
  }

  private SessionCredentials(
      AccessKey key,
      Optional<Secret> sessionToken,
      Instant issued,
      Instant expiration,
      Optional<String> accountId,
      Optional<String> roleArn) {
    this.accessKeyId = key.accessKeyId();
    this.secretAccessKey = key.secretAccessKey();
    this.sessionToken = sessionToken;
    this.issued = issued;
    this.expiration = expiration;
    this.accountId = accountId;
    this.roleArn = roleArn;
  }

  /**
   * A long-lived key that another program keeps and that is read again from time to time. It signs
   * for the hops above it, and is never handed out.
   */
  public static SessionCredentials ofKey(AccessKey key, Instant issued, Instant expiration) {
    return new SessionCredentials(
        key, Optional.empty(), issued, expiration, Optional.empty(), Optional.empty());
  }

  /** The same credentials with their whole life moved earlier, because the clock was set back. */
  public SessionCredentials earlier(Duration span) {
    return new SessionCredentials(
        new AccessKey(accessKeyId, secretAccessKey),
        sessionToken,
        issued.minus(span),
        expiration.minus(span),
        accountId,
        roleArn);
  }

  @Override
  public String accessKeyId() {
    return accessKeyId;
  }

  @Override
  public Secret secretAccessKey() {
    return secretAccessKey;
  }

  @Override
  public Optional<Secret> sessionToken() {
    return sessionToken;
  }

  /** The session token, which whatever is handed out has. */
  public Secret token() {
    return sessionToken.orElseThrow(
        () -> new IllegalStateException("a long-lived key is not handed out"));
  }

  /** When they were received. */
  public Instant issued() {
    return issued;
  }

  /** When AWS stops to accept them. */
  public Instant expiration() {
    return expiration;
  }

  /** The account, twelve digits, if known. */
  public Optional<String> accountId() {
    return accountId;
  }

  /** The assumed role, if one was. */
  public Optional<String> roleArn() {
    return roleArn;
  }

  @Override
  public String toString() {
    return "SessionCredentials[" + accessKeyId + ", expires " + expiration + "]";
  }
}
