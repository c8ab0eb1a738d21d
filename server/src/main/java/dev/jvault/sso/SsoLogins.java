package dev.jvault.sso;

import dev.jvault.clock.Clocks;
import dev.jvault.clock.Sleeper;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.SsoRoles;
import dev.jvault.http.Caller;
import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Person;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The logins to IAM Identity Center, one for each session, shared by all callers. Tokens are kept
 * in the vault and renewed before they expire; the AWS CLI's own tokens are used until they expire.
 * Thread-safe.
 */
public final class SsoLogins implements SsoRoles, AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** A token that the refresh token gets, and that of the AWS CLI. */
  private static final int OTHER_TOKENS = 2;

  private final SsoPortal portal;
  private final CliTokenCache cli;
  private final LoginStore store;
  private final TokenRenewer renewer;
  private final AccessTokens tokens;
  private final LoginRunner runner;
  private final AccountLister lister;
  private final PendingLogins pending = new PendingLogins();
  private final Map<String, SsoSession> used = new ConcurrentHashMap<>();

  /**
   * Logins that end after ten minutes without an answer.
   *
   * @param vault keeps the tokens while it is unlocked
   * @param cliCache the AWS CLI's token cache, {@code ~/.aws/sso/cache}
   * @param callers looks up who opens the pages of a login
   */
  public SsoLogins(
      SsoOidc oidc,
      SsoPortal portal,
      Vault vault,
      Clocks clock,
      Path cliCache,
      Caller.Lookup callers) {
    this(
        oidc,
        portal,
        vault,
        clock,
        cliCache,
        callers,
        new LoginRunner.Timeout(LIMIT, Sleeper.REAL));
  }

  SsoLogins(
      SsoOidc oidc,
      SsoPortal portal,
      Vault vault,
      Clocks clock,
      Path cliCache,
      Caller.Lookup callers,
      LoginRunner.Timeout timeout) {
    this.portal = portal;
    this.cli = new CliTokenCache(cliCache);
    this.store = new LoginStore(vault);
    this.renewer = new TokenRenewer(oidc, store, cli, clock);
    this.tokens = new AccessTokens(store, renewer, cli, clock);
    this.lister = new AccountLister(portal, timeout.sleeper());
    this.runner = new LoginRunner(oidc, store, tokens, clock, timeout, callers);
  }

  /** {@inheritDoc} Renews a token that the portal rejects, once, and then forgets it. */
  @Override
  public Outcome credentials(SsoSession session, String accountId, String roleName) {
    used.put(LoginStore.key(session), session);
    // If the portal rejects jvault's token, a renewed one or the AWS CLI's may still work.
    Outcome outcome = attempt(session, accountId, roleName);
    for (int again = 0; outcome instanceof Outcome.NeedsPerson && again < OTHER_TOKENS; again++) {
      outcome = attempt(session, accountId, roleName);
    }
    return outcome;
  }

  /** Logs the user in with the options that suit the caller, and waits for the result. */
  public LoginResult login(SsoSession session, Person person, Map<String, String> helper) {
    return login(session, LoginOptions.usual(session, helper), person, helper);
  }

  /**
   * Logs the user in as {@link #login(SsoSession, Person, Map)} does, and tells the user why if
   * that fails.
   *
   * @return whether the user is logged in now
   */
  public boolean loginAndTell(SsoSession session, Person person, Map<String, String> helper) {
    LoginResult result = login(session, person, helper);
    switch (result) {
      case LoginResult.LoggedIn _ -> {}
      case LoginResult.Refused(String sentence) -> person.tell(sentence);
      case LoginResult.Unavailable(String sentence) -> person.tell(sentence);
      case LoginResult.GivenUp(String sentence) -> person.tell(sentence);
    }
    return result instanceof LoginResult.LoggedIn;
  }

  /**
   * Logs the user in and waits for the result, for ten minutes at most. If a login of the session
   * is in progress already, waits for that one and shows the same address. A login ends when no
   * caller waits for it any longer.
   *
   * @param person is shown the address, and the code if there is one
   * @param helper the caller's helper variables, for the browser
   */
  public LoginResult login(
      SsoSession session, LoginOptions options, Person person, Map<String, String> helper) {
    String key = LoginStore.key(session);
    used.put(key, session);
    Map<String, String> variables = Map.copyOf(helper);
    return pending
        .joinOrStart(key, tell -> runner.run(session, options, variables, tell))
        .await(person);
  }

  /**
   * The region of an Identity Center, as the address of its portal or the page there names it.
   *
   * @param session with the start URL; its region means nothing
   */
  public Optional<String> region(SsoSession session) {
    return StartPage.regionIn(session.startUrl()).or(() -> portal.region(session));
  }

  /**
   * Lists all accounts and roles that a login gives. Asks the user for nothing. May take a minute
   * for thousands of accounts.
   *
   * @param tell shows the user how far it is
   */
  public AccountList accounts(SsoSession session, Consumer<String> tell) {
    used.put(LoginStore.key(session), session);
    AccountList list = list(session, tell);
    for (int again = 0; list instanceof AccountList.LoginNeeded && again < OTHER_TOKENS; again++) {
      list = list(session, tell);
    }
    return list;
  }

  private AccountList list(SsoSession session, Consumer<String> tell) {
    Optional<Secret> token = tokens.current(session);
    if (token.isEmpty()) {
      return tokens.missing(session) instanceof Outcome.Unavailable unavailable
          ? new AccountList.Failed(unavailable.sentence())
          : new AccountList.LoginNeeded();
    }
    AccountList list = lister.list(session, token.get(), tell);
    if (list instanceof AccountList.LoginNeeded) {
      tokens.reject(session, token.get());
    }
    return list;
  }

  /**
   * Gives the AWS CLI the session's access token, and each one that replaces it until the logout.
   * The refresh token is never shared.
   *
   * @return a sentence if that is impossible
   */
  public Optional<String> share(SsoSession session) {
    try {
      return tokens.share(session)
          ? Optional.empty()
          : Optional.of(
              "The AWS CLI has a login of its own in %s, which jvault does not replace; run `aws sso"
                      .formatted(cli.file(session))
                  + " logout` first to share jvault's.");
    } catch (JvaultException e) {
      return Optional.of(e.sentence());
    }
  }

  /** Ends jvault's login, at AWS and here. Leaves a login of the AWS CLI alone. */
  public Logout logout(SsoSession session) {
    Optional<Secret> access = tokens.forget(session);
    Optional<String> trouble = access.flatMap(token -> portal.logout(session, token));
    boolean cliLoggedIn = tokens.status(session).place() == LoginStatus.Place.AWS_CLI;
    return new Logout(access.isPresent(), cliLoggedIn, trouble);
  }

  /** Forgets the tokens that are only in memory because the vault could not take them. */
  public void lock() {
    store.forgetInMemory();
  }

  /** The status of a session's login. Asks neither AWS nor the user. */
  public LoginStatus status(SsoSession session) {
    return tokens.status(session);
  }

  /**
   * Renews the tokens that expire soon, in the background.
   *
   * @return when the next token becomes due, if that is known
   */
  public Optional<Instant> refreshDue() {
    return used.values().stream()
        .map(renewer::renewInBackground)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** Ends the logins that are in progress. */
  @Override
  public void close() {
    pending.close();
  }

  private Outcome attempt(SsoSession session, String accountId, String roleName) {
    Optional<Secret> token = tokens.current(session);
    if (token.isEmpty()) {
      return tokens.missing(session);
    }
    Outcome outcome = portal.roleCredentials(session, token.get(), accountId, roleName);
    if (outcome instanceof Outcome.NeedsPerson) {
      tokens.reject(session, token.get());
    }
    return outcome;
  }

  /**
   * The result of a logout.
   *
   * @param wasLoggedIn whether jvault had a login
   * @param cliLoggedIn whether the AWS CLI has a login of its own, which jvault goes on using
   * @param trouble a sentence if AWS refused or could not be reached
   */
  public record Logout(boolean wasLoggedIn, boolean cliLoggedIn, Optional<String> trouble) {}
}
