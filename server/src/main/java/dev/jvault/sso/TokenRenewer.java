package dev.jvault.sso;

import dev.jvault.clock.Clocks;
import dev.jvault.json.JsonText;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import dev.jvault.sso.OidcResponse.ErrorCode;
import dev.jvault.vault.StoredLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews jvault's own access tokens with their refresh tokens before they expire. Thread-safe; one
 * thread at a time renews the token of a session.
 */
final class TokenRenewer {
  private static final Logger LOG = LoggerFactory.getLogger(TokenRenewer.class);

  /** The AWS CLI renews as long ahead, and tries as often. */
  private static final Duration AHEAD = Duration.ofMinutes(15);

  private static final Duration RETRY_DELAY = Duration.ofMinutes(1);

  /** Errors after which the refresh token may still be valid. */
  private static final Set<ErrorCode> TRANSIENT =
      Set.of(ErrorCode.UNAVAILABLE, ErrorCode.SLOW_DOWN, ErrorCode.AUTHORIZATION_PENDING);

  private final SsoOidc oidc;
  private final LoginStore store;
  private final CliTokenCache cli;
  private final Clocks clock;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  /** The access tokens that have replaced rejected ones. */
  private final Map<String, Secret> replacements = new ConcurrentHashMap<>();

  TokenRenewer(SsoOidc oidc, LoginStore store, CliTokenCache cli, Clocks clock) {
    this.oidc = oidc;
    this.store = store;
    this.cli = cli;
    this.clock = clock;
  }

  /**
   * Renews a token that is due. If another thread renews it already, waits for that thread only if
   * the token has expired.
   */
  void renewIfDue(SsoSession session) {
    if (due(session).isPresent()) {
      renew(session, false);
    }
  }

  /**
   * Renews a token that is due on a thread of its own, unless another thread renews it already.
   *
   * @return when the token becomes due; empty if it is due already or cannot be renewed
   */
  Optional<Instant> renewInBackground(SsoSession session) {
    if (due(session).isPresent()) {
      Thread.ofVirtual().name("sso-renewal").start(() -> renew(session, true));
      return Optional.empty();
    }
    return store
        .find(session)
        .filter(this::renewable)
        .flatMap(StoredLogin::token)
        .map(TokenRenewer::dueAt);
  }

  /** Whether a login has a refresh token, and a client that is still registered. */
  boolean renewable(StoredLogin login) {
    return login.token().flatMap(SsoToken::refresh).isPresent()
        && clock.instant().isBefore(login.client().expires());
  }

  /** Why the last renewal failed; empty if it succeeded. */
  Optional<String> failure(SsoSession session) {
    return Optional.ofNullable(failures.get(LoginStore.key(session))).map(Failure::sentence);
  }

  /** Forgets a failed renewal, because the session has another token or none. */
  void forgetFailure(SsoSession session) {
    failures.remove(LoginStore.key(session));
  }

  private void renew(SsoSession session, boolean background) {
    ReentrantLock lock = lock(session);
    boolean usable =
        store.find(session).flatMap(StoredLogin::token).filter(this::alive).isPresent();
    if (usable || background) {
      if (!lock.tryLock()) {
        return;
      }
    } else {
      lock.lock();
    }
    try {
      // Another thread may have renewed it in the meantime.
      due(session).ifPresent(login -> renew(session, login));
    } finally {
      lock.unlock();
    }
  }

  private void renew(SsoSession session, StoredLogin login) {
    SsoToken token = login.token().orElseThrow();
    var grant = new AuthorizationGrant.RefreshToken(token.refresh().orElseThrow());
    switch (oidc.token(session, login.client(), grant)) {
      case OidcResponse.Success<SsoToken>(SsoToken issued) -> {
        var next =
            new SsoToken(issued.access(), issued.refresh().or(token::refresh), issued.expiration());
        store.put(session, cli.updateShared(session, login.withToken(Optional.of(next))));
        forgetFailure(session);
        LOG.info(
            "event=sso_renewed session={} until={}",
            session.name(),
            JsonText.time(next.expiration()));
      }
      case OidcResponse.Failure<SsoToken> failure when TRANSIENT.contains(failure.code()) -> {
        Instant retry = clock.steady().plus(RETRY_DELAY);
        failures.put(LoginStore.key(session), new Failure(retry, failure.sentence()));
        LOG.warn(
            "event=sso_not_renewed session={} reason=\"{}\"", session.name(), failure.sentence());
      }
      case OidcResponse.Failure<SsoToken> failure -> {
        store.put(session, login.withToken(Optional.of(token.withoutRefresh())));
        LOG.info("event=sso_login_ended session={} why={}", session.name(), failure.code());
      }
    }
  }

  /**
   * Renews a token that the access portal rejected, unless it has replaced a rejected one itself.
   * While AWS does not answer, keeps the refresh token and lets the access token count as expired.
   *
   * @return whether the login lives on; false if the user has to log in again
   */
  boolean replaceRejected(SsoSession session, Secret access) {
    String key = LoginStore.key(session);
    ReentrantLock lock = lock(session);
    lock.lock();
    try {
      Optional<StoredLogin> login = store.find(session);
      Optional<SsoToken> token = login.flatMap(StoredLogin::token);
      if (token.isEmpty() || !token.get().access().equals(access)) {
        // Another thread has renewed it, or it is the AWS CLI's.
        return token.isPresent();
      }
      if (!renewable(login.get()) || access.equals(replacements.get(key))) {
        return false;
      }
      store.put(session, login.get().withToken(Optional.of(token.get().endingAt(clock.instant()))));
      renew(session, store.find(session).orElseThrow());
      Optional<SsoToken> next = store.find(session).flatMap(StoredLogin::token);
      next.filter(this::alive).ifPresent(renewed -> replacements.put(key, renewed.access()));
      return next.flatMap(SsoToken::refresh).isPresent();
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(SsoSession session) {
    return locks.computeIfAbsent(LoginStore.key(session), _ -> new ReentrantLock());
  }

  /** The login of a session if its token has to be renewed now. */
  private Optional<StoredLogin> due(SsoSession session) {
    Instant now = clock.instant();
    Failure failure = failures.get(LoginStore.key(session));
    return store
        .find(session)
        .filter(this::renewable)
        .filter(login -> !login.token().map(TokenRenewer::dueAt).orElse(Instant.MAX).isAfter(now))
        .filter(_ -> failure == null || !clock.steady().isBefore(failure.retry()));
  }

  private static Instant dueAt(SsoToken token) {
    return token.expiration().minus(AHEAD);
  }

  private boolean alive(SsoToken token) {
    return clock.instant().isBefore(token.expiration());
  }

  /**
   * A renewal that failed but may succeed later.
   *
   * @param retry when to try again, by the steady clock
   * @param sentence what is wrong and what to do
   */
  private record Failure(Instant retry, String sentence) {}
}
