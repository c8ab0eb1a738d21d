package dev.jvault.sso;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.json.JsonText;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.OidcClient;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import dev.jvault.vault.StoredLogin;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens of sessions: jvault's own, which {@link TokenRenewer} renews, or else the AWS
 * CLI's until it expires. Thread-safe.
 */
final class AccessTokens {
  private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

  private final LoginStore store;
  private final TokenRenewer renewer;
  private final CliTokenCache cli;
  private final InstantSource clock;
  private final Map<String, Secret> rejectedCliTokens = new ConcurrentHashMap<>();

  AccessTokens(LoginStore store, TokenRenewer renewer, CliTokenCache cli, InstantSource clock) {
    this.store = store;
    this.renewer = renewer;
    this.cli = cli;
    this.clock = clock;
  }

  /** The token to use now. Renews jvault's own first if it is about to expire. */
  Optional<Secret> current(SsoSession session) {
    renewer.renewIfDue(session);
    return store
        .find(session)
        .flatMap(StoredLogin::token)
        .filter(this::alive)
        .or(() -> cliToken(session))
        .map(SsoToken::access);
  }

  /** Why {@link #current} is empty, and what the user has to do. */
  Outcome missing(SsoSession session) {
    Optional<StoredLogin> login = store.find(session);
    if (store.locked() && login.isEmpty()) {
      return new Outcome.NeedsPerson(store.need());
    }
    return login
        .filter(renewer::renewable)
        .flatMap(_ -> renewer.failure(session))
        .<Outcome>map(Outcome.Unavailable::new)
        .orElseGet(() -> new Outcome.NeedsPerson(new PersonNeed.SsoLogin(session)));
  }

  /** Keeps the token of a completed login. */
  LoginResult keep(SsoSession session, OidcClient client, AuthorizationFlow flow, SsoToken token) {
    Optional<String> shared = store.find(session).flatMap(StoredLogin::sharedHash);
    var login =
        new StoredLogin(
            session.name(), client, LoginStore.terms(session, flow), Optional.of(token), shared);
    store.put(session, cli.updateShared(session, login));
    renewer.forgetFailure(session);
    LOG.info(
        "event=sso_logged_in session={} until={}",
        session.name(),
        JsonText.time(token.expiration()));
    return new LoginResult.LoggedIn(token.expiration(), token.refresh().isPresent());
  }

  /**
   * Gives up a token that the access portal rejected. Its refresh token is used once first, because
   * AWS may have ended the access token alone; the login is forgotten if that does not help.
   */
  void reject(SsoSession session, Secret access) {
    if (!renewer.replaceRejected(session, access)) {
      store
          .find(session)
          .filter(login -> has(login, access))
          .ifPresent(login -> remove(session, login));
    }
    if (cli.find(session).filter(token -> token.access().equals(access)).isPresent()) {
      rejectedCliTokens.put(LoginStore.key(session), access);
    }
  }

  /**
   * Forgets jvault's token of a session; its client stays registered.
   *
   * @return the forgotten token
   */
  Optional<Secret> forget(SsoSession session) {
    Optional<StoredLogin> login = withToken(session);
    login.ifPresent(held -> remove(session, held));
    return login.flatMap(StoredLogin::token).map(SsoToken::access);
  }

  /**
   * Gives the AWS CLI this token and each one that replaces it.
   *
   * @return whether that was possible: false if the AWS CLI has a login of its own
   */
  boolean share(SsoSession session) {
    Optional<StoredLogin> login = withToken(session);
    Optional<String> hash =
        login.flatMap(held -> cli.share(session, held.token().orElseThrow(), held.sharedHash()));
    hash.ifPresent(_ -> store.put(session, login.orElseThrow().withSharedHash(hash)));
    return hash.isPresent();
  }

  /** The status of a session's login. Asks neither AWS nor the user. */
  LoginStatus status(SsoSession session) {
    Optional<StoredLogin> login = store.find(session);
    Optional<SsoToken> token = login.flatMap(StoredLogin::token);
    boolean shared = login.flatMap(StoredLogin::sharedHash).isPresent();
    boolean renewable = login.filter(renewer::renewable).isPresent();
    if (token.filter(this::alive).isPresent() || renewable) {
      return new LoginStatus(
          session, token.map(SsoToken::expiration), renewable, LoginStatus.Place.VAULT, shared);
    }
    Optional<SsoToken> cliToken = cliToken(session);
    LoginStatus.Place without = store.locked() ? LoginStatus.Place.LOCKED : LoginStatus.Place.NONE;
    return new LoginStatus(
        session,
        cliToken.map(SsoToken::expiration),
        false,
        cliToken.isPresent() ? LoginStatus.Place.AWS_CLI : without,
        false);
  }

  private Optional<StoredLogin> withToken(SsoSession session) {
    return store.find(session).filter(login -> login.token().isPresent());
  }

  private Optional<SsoToken> cliToken(SsoSession session) {
    return cli.find(session)
        .filter(this::alive)
        .filter(token -> !token.access().equals(rejectedCliTokens.get(LoginStore.key(session))));
  }

  private void remove(SsoSession session, StoredLogin login) {
    cli.unshare(session, login.sharedHash());
    store.put(session, login.withToken(Optional.empty()).withSharedHash(Optional.empty()));
    renewer.forgetFailure(session);
  }

  private boolean alive(SsoToken token) {
    return clock.instant().isBefore(token.expiration());
  }

  private static boolean has(StoredLogin login, Secret access) {
    return login.token().filter(token -> token.access().equals(access)).isPresent();
  }
}
