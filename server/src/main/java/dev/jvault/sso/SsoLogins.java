package dev.jvault.sso;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.Sleeper;
import dev.jvault.credential.SsoRoles;
import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Person;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The logins to IAM Identity Center: one for each session, whoever uses it. Tokens are in the
 * vault, and renewed ahead of time; the AWS CLI's own are used as long as they live. Safe for many
 * threads.
 */
public final class SsoLogins implements SsoRoles, AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final SsoPortal portal;
  private final CliTokenCache cli;
  private final LoginStore store;
  private final AccessTokens tokens;
  private final LoginRunner flow;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PendingLogin> underWay = new HashMap<>();
  private final Map<String, SsoSession> used = new ConcurrentHashMap<>();

  /**
   * Logins.
   *
   * @param vault where tokens are kept while it is open
   * @param cliCache the AWS CLI's cache of tokens, {@code ~/.aws/sso/cache}
   */
  public SsoLogins(
      SsoOidc oidc, SsoPortal portal, Vault vault, InstantSource clock, Path cliCache) {
    this(oidc, portal, vault, clock, cliCache, new LoginTimeout(LIMIT, Sleeper.REAL));
  }

  SsoLogins(
      SsoOidc oidc,
      SsoPortal portal,
      Vault vault,
      InstantSource clock,
      Path cliCache,
      LoginTimeout patience) {
    this.portal = portal;
    this.cli = new CliTokenCache(cliCache);
    this.store = new LoginStore(vault);
    this.tokens = new AccessTokens(oidc, store, cli, clock);
    this.flow = new LoginRunner(oidc, store, tokens, clock, patience);
  }

  /** {@inheritDoc} A token that the portal refuses is forgotten. */
  @Override
  public Outcome credentials(SsoSession session, String accountId, String roleName) {
    used.put(LoginKey.of(session), session);
    // Once with our token and once with the CLI's, at most.
    Outcome outcome = attempt(session, accountId, roleName);
    return outcome instanceof Outcome.NeedsPerson ? attempt(session, accountId, roleName) : outcome;
  }

  /** {@link #login(SsoSession, LoginOptions, Person, Map)} in the manner that suits the caller. */
  public LoginResult login(SsoSession session, Person person, Map<String, String> helper) {
    return login(session, LoginOptions.usual(session, helper), person, helper);
  }

  /** The same, where the caller wants to know only whether it is done: the rest is told. */
  public boolean loggedIn(SsoSession session, Person person, Map<String, String> helper) {
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
   * Logs a person in, and waits for it, ten minutes at most. Who comes while a login of the session
   * is under way waits for that one and is told the same address. It ends when nobody waits any
   * more.
   *
   * @param person is told the address, and the code if there is one
   * @param helper the helper variables of the caller, for the browser
   */
  public LoginResult login(
      SsoSession session, LoginOptions options, Person person, Map<String, String> helper) {
    used.put(LoginKey.of(session), session);
    return enter(session, options, Map.copyOf(helper)).await(person);
  }

  /**
   * Gives the AWS CLI the token of a session, and each one that follows until the logout, without
   * what would renew it.
   *
   * @return a sentence where that cannot be done
   */
  public Optional<String> share(SsoSession session) {
    try {
      return tokens.share(session)
          ? Optional.empty()
          : Optional.of(
              "The AWS CLI has a login of its own in %s, which is left as it is; run `aws sso"
                      .formatted(cli.file(session))
                  + " logout` first to share jvault's.");
    } catch (JvaultException e) {
      return Optional.of(e.sentence());
    }
  }

  /** Ends a login, at AWS and here; one of the AWS CLI's own is left alone. */
  public Logout logout(SsoSession session) {
    Optional<Secret> access = tokens.forget(session);
    Optional<String> trouble = access.flatMap(token -> portal.logout(session, token));
    boolean ofCli = tokens.view(session).place() == LoginStatus.Place.AWS_CLI;
    return new Logout(access.isPresent(), ofCli, trouble);
  }

  /** Forgets the tokens that are in memory because there is no vault for them. */
  public void lock() {
    store.forgetUnkept();
  }

  /** How a login stands; nobody is asked. */
  public LoginStatus view(SsoSession session) {
    return tokens.view(session);
  }

  /**
   * Renews the tokens that are near their end, in the background.
   *
   * @return when to come back, if anything is known to become due
   */
  public Optional<Instant> refreshDue() {
    return used.values().stream()
        .map(tokens::renewDue)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      underWay.values().forEach(PendingLogin::cancel);
    } finally {
      lock.unlock();
    }
  }

  private Outcome attempt(SsoSession session, String accountId, String roleName) {
    return switch (tokens.current(session)) {
      case HeldToken.Live(Secret access) ->
          outcome(session, access, portal.roleCredentials(session, access, accountId, roleName));
      case HeldToken.Missing _ -> new Outcome.NeedsPerson(new PersonNeed.SsoLogin(session));
      case HeldToken.Locked(boolean shut) ->
          new Outcome.NeedsPerson(shut ? new PersonNeed.Unlocking() : new PersonNeed.Passphrase());
      case HeldToken.Stuck(String sentence) -> new Outcome.Unavailable(sentence);
    };
  }

  private Outcome outcome(SsoSession session, Secret access, RoleAnswer answer) {
    return switch (answer) {
      case RoleAnswer.Issued(SessionCredentials credentials) -> new Outcome.Issued(credentials);
      case RoleAnswer.Unauthorized _ -> {
        tokens.drop(session, access);
        yield new Outcome.NeedsPerson(new PersonNeed.SsoLogin(session));
      }
      case RoleAnswer.Refused(String sentence) ->
          new Outcome.Denied(Outcome.Reason.ACCESS_DENIED, sentence);
      case RoleAnswer.Unavailable(String sentence) -> new Outcome.Unavailable(sentence);
    };
  }

  private PendingLogin enter(SsoSession session, LoginOptions options, Map<String, String> helper) {
    String key = LoginKey.of(session);
    lock.lock();
    try {
      PendingLogin current = underWay.get(key);
      if (current != null && current.enter()) {
        return current;
      }
      var begun = PendingLogin.begin(say -> flow.run(session, options, helper, say));
      underWay.put(key, begun);
      return begun;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a logout came to.
   *
   * @param wasLoggedIn whether there was a login of jvault's
   * @param cliStillIn whether the AWS CLI has a login of its own, which jvault goes on using
   * @param trouble a sentence where AWS could not be told
   */
  public record Logout(boolean wasLoggedIn, boolean cliStillIn, Optional<String> trouble) {}
}
