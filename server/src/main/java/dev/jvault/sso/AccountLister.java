package dev.jvault.sso;

import dev.jvault.clock.Sleeper;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.PrintableText;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Lists all accounts of a login with all their roles, a few requests at a time. Repeats a request
 * that the portal was too busy for. Either the whole list comes out of it, or none.
 */
final class AccountLister {
  /** The portal throttles each user; more at a time would only wait longer. */
  private static final int AT_A_TIME = 6;

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** As IAM allows it. */
  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,128}");

  private static final int ATTEMPTS = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  private final SsoPortal portal;
  private final Sleeper sleeper;

  AccountLister(SsoPortal portal, Sleeper sleeper) {
    this.portal = portal;
    this.sleeper = sleeper;
  }

  /**
   * Lists.
   *
   * @param tell shows the user how far it is, every two seconds
   */
  AccountList list(SsoSession session, Secret token, Consumer<String> tell) {
    try {
      return switch (checked(
          whole(next -> portal.accounts(session, token, next)), AccountLister::isLegal)) {
        case PortalPage.Listed<SsoAccount>(List<SsoAccount> accounts, _) ->
            withRoles(session, token, unique(accounts), tell);
        case PortalPage.TokenRejected<SsoAccount> _ -> new AccountList.LoginNeeded();
        case PortalPage.Failed<SsoAccount>(_, String sentence) -> new AccountList.Failed(sentence);
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new AccountList.Failed("The listing was interrupted.");
    }
  }

  private AccountList withRoles(
      SsoSession session, Secret token, List<SsoAccount> accounts, Consumer<String> tell)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory());
    try {
      var answers = new ExecutorCompletionService<RolesOf>(threads);
      accounts.forEach(account ->
          answers.submit(() ->
              new RolesOf(
                  account,
                  checked(
                      whole(next -> portal.roles(session, token, account.id(), next)),
                      name -> ROLE.matcher(name).matches()))));
      List<SsoAccount> done = new ArrayList<>();
      while (done.size() < accounts.size()) {
        RolesOf answer = next(answers, done.size(), accounts.size(), tell);
        switch (answer.roles()) {
          case PortalPage.Listed<String>(List<String> names, _) ->
              done.add(answer.account().withRoles(names.stream().distinct().sorted().toList()));
          case PortalPage.TokenRejected<String> _ -> {
            return new AccountList.LoginNeeded();
          }
          case PortalPage.Failed<String>(_, String sentence) -> {
            return new AccountList.Failed(
                "%s The roles of %d of %d accounts were listed by then."
                    .formatted(sentence, done.size(), accounts.size()));
          }
        }
      }
      done.sort(
          Comparator.comparing(SsoAccount::name, String.CASE_INSENSITIVE_ORDER)
              .thenComparing(SsoAccount::id));
      return new AccountList.Listed(done);
    } finally {
      threads.shutdownNow();
    }
  }

  private record RolesOf(SsoAccount account, PortalPage<String> roles) {}

  /** The next answer to arrive; meanwhile the user is told how far it is. */
  private static RolesOf next(
      CompletionService<RolesOf> answers, int done, int all, Consumer<String> tell)
      throws InterruptedException {
    Future<RolesOf> answer = answers.poll(PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
    while (answer == null) {
      tell.accept("Listed the roles of %d of %d accounts so far.".formatted(done, all));
      answer = answers.poll(PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
    }
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request for roles has failed", e.getCause());
    }
  }

  /** All parts of a list as one. */
  private <T> PortalPage<T> whole(Function<Optional<String>, PortalPage<T>> ask)
      throws InterruptedException {
    List<T> items = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    Optional<String> next = Optional.empty();
    do {
      Optional<String> from = next;
      PortalPage<T> page = patiently(() -> ask.apply(from));
      if (!(page instanceof PortalPage.Listed<T>(List<T> part, Optional<String> after))) {
        return page;
      }
      items.addAll(part);
      if (after.filter(mark -> !asked.add(mark)).isPresent()) {
        return new PortalPage.Failed<>(
            false, "IAM Identity Center gives the same part of its list again and again.");
      }
      next = after;
    } while (next.isPresent());
    return new PortalPage.Listed<>(items, Optional.empty());
  }

  /** Pauses twice as long after each attempt, give or take a half, so that requests spread. */
  private <T> PortalPage<T> patiently(Supplier<PortalPage<T>> ask) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      PortalPage<T> page = ask.get();
      if (!(page instanceof PortalPage.Failed<T>(boolean busy, _))
          || !busy
          || attempt == ATTEMPTS) {
        return page;
      }
      sleeper.last(
          pause.dividedBy(2).plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
      pause = pause.multipliedBy(2);
    }
  }

  /**
   * What AWS calls an account or a role becomes lines of a config file, so that nothing else may
   * come from a server that is not AWS.
   */
  private static <T> PortalPage<T> checked(PortalPage<T> page, Predicate<T> legal) {
    return page instanceof PortalPage.Listed<T>(List<T> items, _) && !items.stream().allMatch(legal)
        ? new PortalPage.Failed<>(
            false,
            "IAM Identity Center answered with an account or role as AWS has none; check endpoint_url, and that no proxy is in the way.")
        : page;
  }

  private static boolean isLegal(SsoAccount account) {
    return ACCOUNT.matcher(account.id()).matches()
        && PrintableText.isPrintable(account.name())
        && PrintableText.isPrintable(account.email());
  }

  private static List<SsoAccount> unique(List<SsoAccount> accounts) {
    Set<String> ids = new HashSet<>();
    return accounts.stream().filter(account -> ids.add(account.id())).toList();
  }
}
