package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.sso.OidcResponse.Refusal;
import dev.jvault.vault.StoredLogin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens of sessions: ours, renewed with our own refresh token ahead of time, else the
 * AWS CLI's as long as it lives. Safe for many threads; a token is renewed by one at a time.
 */
final class AccessTokens {
  private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

  /** The AWS CLI renews within the same time, and tries once a minute. */
  private static final Duration AHEAD = Duration.ofMinutes(15);

  private static final Duration REST = Duration.ofMinutes(1);

  /** Refusals that say nothing about the login. */
  private static final Set<Refusal> PASSING =
      Set.of(Refusal.UNAVAILABLE, Refusal.SLOW_DOWN, Refusal.PENDING);

  private final SsoOidc oidc;
  private final LoginStore store;
  private final CliTokenCache cli;
  private final InstantSource clock;
  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private final Map<String, Secret> refusedOfCli = new ConcurrentHashMap<>();

  AccessTokens(SsoOidc oidc, LoginStore store, CliTokenCache cli, InstantSource clock) {
    this.oidc = oidc;
    this.store = store;
    this.cli = cli;
    this.clock = clock;
  }

  /** The token to use now; one of ours that is near its end is renewed first. */
  HeldToken current(SsoSession session) {
    String key = LoginKey.of(session);
    if (ours(key).filter(login -> dueNow(key, login)).isPresent()) {
      renew(session, key, false);
    }
    Optional<Secret> access =
        ours(key).flatMap(StoredLogin::token).filter(this::lives).map(StoredLogin.Token::access);
    if (access.isPresent()) {
      return new HeldToken.Live(access.get());
    }
    Optional<CliToken> other = ofCli(session, key);
    if (other.isPresent()) {
      return new HeldToken.Live(other.get().access());
    }
    if (store.locked() && ours(key).isEmpty()) {
      return new HeldToken.Locked(store.shut());
    }
    return ours(key).filter(login -> renewable(login)).isPresent() && troubles.containsKey(key)
        ? new HeldToken.Stuck(troubles.get(key).sentence())
        : new HeldToken.Missing();
  }

  /**
   * Renews a token that is due, unless somebody is at it.
   *
   * @return when to come back
   */
  Optional<Instant> renewDue(SsoSession session) {
    String key = LoginKey.of(session);
    if (ours(key).filter(login -> dueNow(key, login)).isPresent()) {
      Thread.ofVirtual().name("sso-renewal").start(() -> renew(session, key, true));
      return Optional.empty();
    }
    return ours(key).filter(this::renewable).flatMap(StoredLogin::token).map(this::due);
  }

  /** Keeps what a login came to. */
  LoginResult loggedIn(
      SsoSession session, OidcClient client, AuthorizationFlow manner, IssuedToken issued) {
    String key = LoginKey.of(session);
    Optional<String> shared = store.find(key).flatMap(StoredLogin::shared);
    var kept =
        new StoredLogin.Client(
            client.id(), client.secret(), client.expires(), LoginKey.terms(session, manner));
    StoredLogin.Token token = token(issued, Optional.empty());
    var login = new StoredLogin(session.name(), kept, Optional.of(token), shared);
    store.put(key, sharedAnew(session, login));
    troubles.remove(key);
    LOG.info("event=sso_logged_in session={} until={}", session.name(), token.expiration());
    return new LoginResult.LoggedIn(token.expiration(), token.refresh().isPresent());
  }

  /** Forgets a token that the portal does not accept. */
  void drop(SsoSession session, Secret access) {
    String key = LoginKey.of(session);
    Optional<StoredLogin> login = ours(key).filter(held -> has(held, access));
    login.ifPresent(held -> forget(session, key, held));
    if (cli.find(session).filter(token -> token.access().equals(access)).isPresent()) {
      refusedOfCli.put(key, access);
    }
  }

  /** Forgets our token; the client stays registered. The token that there was. */
  Optional<Secret> forget(SsoSession session) {
    String key = LoginKey.of(session);
    Optional<StoredLogin> login = ours(key).filter(held -> held.token().isPresent());
    login.ifPresent(held -> forget(session, key, held));
    return login.flatMap(StoredLogin::token).map(StoredLogin.Token::access);
  }

  /** Gives the AWS CLI this token and those that follow; whether that was possible. */
  boolean share(SsoSession session) {
    String key = LoginKey.of(session);
    Optional<StoredLogin> login = ours(key).filter(held -> held.token().isPresent());
    Optional<String> hash =
        login.flatMap(
            held -> cli.share(session, cliToken(held.token().orElseThrow()), held.shared()));
    hash.ifPresent(_ -> store.put(key, login.orElseThrow().sharing(hash)));
    return hash.isPresent();
  }

  LoginStatus view(SsoSession session) {
    String key = LoginKey.of(session);
    Optional<StoredLogin> login = ours(key);
    Optional<StoredLogin.Token> token = login.flatMap(StoredLogin::token);
    boolean shared = login.flatMap(StoredLogin::shared).isPresent();
    boolean renewable = login.filter(this::renewable).isPresent();
    if (token.filter(this::lives).isPresent() || renewable) {
      return new LoginStatus(
          session,
          token.map(StoredLogin.Token::expiration),
          renewable,
          LoginStatus.Place.VAULT,
          shared);
    }
    return ofCli(session, key)
        .map(CliToken::expiration)
        .map(end ->
            new LoginStatus(session, Optional.of(end), false, LoginStatus.Place.AWS_CLI, false))
        .orElseGet(() ->
            new LoginStatus(
                session,
                Optional.empty(),
                false,
                store.locked() ? LoginStatus.Place.LOCKED : LoginStatus.Place.NONE,
                false));
  }

  private Optional<StoredLogin> ours(String key) {
    return store.find(key);
  }

  private Optional<CliToken> ofCli(SsoSession session, String key) {
    return cli.find(session)
        .filter(token -> clock.instant().isBefore(token.expiration()))
        .filter(token -> !token.access().equals(refusedOfCli.get(key)));
  }

  private void renew(SsoSession session, String key, boolean background) {
    ReentrantLock turn = turns.computeIfAbsent(key, _ -> new ReentrantLock());
    boolean alive = ours(key).flatMap(StoredLogin::token).filter(this::lives).isPresent();
    if (alive || background) {
      if (!turn.tryLock()) {
        return;
      }
    } else {
      turn.lock();
    }
    try {
      ours(key).filter(login -> dueNow(key, login)).ifPresent(login -> renew(session, key, login));
    } finally {
      turn.unlock();
    }
  }

  private void renew(SsoSession session, String key, StoredLogin login) {
    StoredLogin.Token token = login.token().orElseThrow();
    var grant = new AuthorizationGrant.RefreshToken(token.refresh().orElseThrow());
    switch (oidc.token(session, OidcClient.of(login.client()), grant)) {
      case OidcResponse.Given<IssuedToken>(IssuedToken issued) -> {
        StoredLogin.Token next = token(issued, token.refresh());
        store.put(key, sharedAnew(session, login.with(Optional.of(next))));
        troubles.remove(key);
        LOG.info("event=sso_renewed session={} until={}", session.name(), next.expiration());
      }
      case OidcResponse.Refused<IssuedToken> refused when PASSING.contains(refused.refusal()) -> {
        troubles.put(key, new Trouble(clock.instant().plus(REST), refused.sentence()));
        LOG.warn(
            "event=sso_not_renewed session={} reason=\"{}\"", session.name(), refused.sentence());
      }
      case OidcResponse.Refused<IssuedToken> refused -> {
        var last = new StoredLogin.Token(token.access(), Optional.empty(), token.expiration());
        store.put(key, login.with(Optional.of(last)));
        LOG.info("event=sso_login_ended session={} why={}", session.name(), refused.refusal());
      }
    }
  }

  /** The CLI's token is replaced with ours, unless it has got one of its own since. */
  private StoredLogin sharedAnew(SsoSession session, StoredLogin login) {
    if (login.shared().isEmpty()) {
      return login;
    }
    try {
      return login.sharing(
          cli.share(session, cliToken(login.token().orElseThrow()), login.shared()));
    } catch (JvaultException e) {
      LOG.warn("event=sso_not_shared session={} reason=\"{}\"", session.name(), e.sentence());
      return login;
    }
  }

  private void forget(SsoSession session, String key, StoredLogin login) {
    cli.unshare(session, login.shared());
    store.put(key, login.with(Optional.empty()).sharing(Optional.empty()));
    troubles.remove(key);
  }

  private boolean dueNow(String key, StoredLogin login) {
    Instant now = clock.instant();
    Trouble trouble = troubles.get(key);
    return renewable(login)
        && !login.token().map(this::due).orElse(Instant.MAX).isAfter(now)
        && (trouble == null || !now.isBefore(trouble.until()));
  }

  private Instant due(StoredLogin.Token token) {
    return token.expiration().minus(AHEAD);
  }

  private boolean renewable(StoredLogin login) {
    return login.token().flatMap(StoredLogin.Token::refresh).isPresent()
        && clock.instant().isBefore(login.client().expires());
  }

  private boolean lives(StoredLogin.Token token) {
    return clock.instant().isBefore(token.expiration());
  }

  private StoredLogin.Token token(IssuedToken issued, Optional<Secret> before) {
    return new StoredLogin.Token(
        issued.access(), issued.refresh().or(() -> before), clock.instant().plus(issued.life()));
  }

  private static boolean has(StoredLogin login, Secret access) {
    return login.token().filter(token -> token.access().equals(access)).isPresent();
  }

  private static CliToken cliToken(StoredLogin.Token token) {
    return new CliToken(token.access(), token.expiration());
  }

  /**
   * Why a token was not renewed.
   *
   * @param until when it is tried again
   */
  private record Trouble(Instant until, String sentence) {}
}
