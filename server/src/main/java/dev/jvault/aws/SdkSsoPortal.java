package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.IssuedLimits;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.sso.PortalPage;
import dev.jvault.sso.SsoAccount;
import dev.jvault.sso.SsoPortal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sso.SsoClient;
import software.amazon.awssdk.services.sso.auth.scheme.SsoAuthSchemeProvider;
import software.amazon.awssdk.services.sso.model.ListAccountRolesResponse;
import software.amazon.awssdk.services.sso.model.ListAccountsResponse;
import software.amazon.awssdk.services.sso.model.RoleCredentials;

/** The access portal through the AWS SDK. Thread-safe, also for virtual threads. */
public final class SdkSsoPortal implements SsoPortal, AutoCloseable {
  private static final int UNAUTHORIZED = 401;

  /** The most that the portal gives at once. */
  private static final int PAGE = 100;

  private final InstantSource clock;
  private final ClockSkew skew;
  private final SdkClients<SsoClient> clients;
  private final SsoCalls<SsoClient> calls;
  private final HttpStartPage startPage = new HttpStartPage();

  /**
   * The portal with the usual limits.
   *
   * @param skew is updated with each answer
   */
  public SdkSsoPortal(InstantSource clock, ClockSkew skew) {
    this(clock, skew, CallLimits.DEFAULT);
  }

  SdkSsoPortal(InstantSource clock, ClockSkew skew, CallLimits limits) {
    var settings = new SdkSettings(skew, limits);
    this.clock = clock;
    this.skew = skew;
    this.clients =
        new SdkClients<>(
            settings.files(),
            (target, endpoint) ->
                settings
                    .apply(SsoClient.builder(), target, endpoint)
                    .authSchemeProvider(SsoAuthSchemeProvider.defaultProvider())
                    .build());
    this.calls = new SsoCalls<>(AwsService.SSO, clients, limits);
  }

  @Override
  public Outcome roleCredentials(
      SsoSession session, Secret accessToken, String accountId, String roleName) {
    return calls.ask(
        session.portal(),
        client ->
            issued(
                client
                    .getRoleCredentials(request ->
                        request
                            .accessToken(accessToken.reveal())
                            .accountId(accountId)
                            .roleName(roleName))
                    .roleCredentials(),
                accountId),
        e -> refused(e, session, accountId, roleName),
        unavailable -> unavailable);
  }

  @Override
  public Optional<String> region(SsoSession session) {
    return startPage.region(session);
  }

  @Override
  public PortalPage<SsoAccount> accounts(
      SsoSession session, Secret accessToken, Optional<String> next) {
    return page(
        session,
        "your accounts",
        client -> {
          ListAccountsResponse answer =
              client.listAccounts(request ->
                  request
                      .accessToken(accessToken.reveal())
                      .maxResults(PAGE)
                      .nextToken(next.orElse(null)));
          return new PortalPage.Listed<>(
              answer.accountList().stream()
                  .map(account ->
                      new SsoAccount(
                          text(account.accountId()),
                          text(account.accountName()),
                          text(account.emailAddress()),
                          List.of()))
                  .toList(),
              Optional.ofNullable(answer.nextToken()).filter(token -> !token.isEmpty()));
        });
  }

  @Override
  public PortalPage<String> roles(
      SsoSession session, Secret accessToken, String accountId, Optional<String> next) {
    return page(
        session,
        "your roles in account " + accountId,
        client -> {
          ListAccountRolesResponse answer =
              client.listAccountRoles(request ->
                  request
                      .accessToken(accessToken.reveal())
                      .accountId(accountId)
                      .maxResults(PAGE)
                      .nextToken(next.orElse(null)));
          return new PortalPage.Listed<>(
              answer.roleList().stream().map(role -> text(role.roleName())).toList(),
              Optional.ofNullable(answer.nextToken()).filter(token -> !token.isEmpty()));
        });
  }

  private <T> PortalPage<T> page(
      SsoSession session, String what, Function<SsoClient, PortalPage<T>> call) {
    return calls.<PortalPage<T>>ask(
        session.portal(),
        call,
        e ->
            e.statusCode() == UNAUTHORIZED
                ? new PortalPage.TokenRejected<>()
                : new PortalPage.Failed<>(
                    false,
                    "IAM Identity Center does not list %s (%s).".formatted(what, SsoCalls.code(e))),
        unavailable -> new PortalPage.Failed<>(true, unavailable.sentence()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public Optional<String> logout(SsoSession session, Secret accessToken) {
    return calls.ask(
        session.portal(),
        client -> {
          client.logout(request -> request.accessToken(accessToken.reveal()));
          return Optional.<String>empty();
        },
        e ->
            e.statusCode() == UNAUTHORIZED
                ? Optional.empty()
                : Optional.of("AWS refused the logout (" + SsoCalls.code(e) + ")."),
        unavailable -> Optional.of(unavailable.sentence()));
  }

  @Override
  public void close() {
    clients.close();
  }

  private Outcome issued(@Nullable RoleCredentials given, String accountId) {
    if (given == null || given.expiration() == null || !complete(given)) {
      return new Outcome.Unavailable(
          "IAM Identity Center answered without complete credentials; check endpoint_url, and that"
              + " no proxy is in the way.");
    }
    Instant now = clock.instant();
    Instant end = skew.endHere(Instant.ofEpochMilli(given.expiration()));
    Optional<String> fault =
        IssuedLimits.fault(given.accessKeyId(), given.secretAccessKey(), given.sessionToken())
            .or(() -> IssuedLimits.fault(end, now));
    if (fault.isPresent()) {
      return new Outcome.Unavailable(
          "IAM Identity Center "
              + fault.get()
              + "; check endpoint_url, and that no proxy is in the way.");
    }
    if (!end.isAfter(now)) {
      return new Outcome.Unavailable(
          "The credentials of IAM Identity Center have expired already; check this machine's clock.");
    }
    var key = new AccessKey(given.accessKeyId(), Secret.of(given.secretAccessKey()));
    return new Outcome.Issued(
        new SessionCredentials(
            key,
            Secret.of(given.sessionToken()),
            now,
            end,
            Optional.of(accountId),
            Optional.empty()));
  }

  private static boolean complete(RoleCredentials given) {
    return Stream.of(given.accessKeyId(), given.secretAccessKey(), given.sessionToken())
        .noneMatch(part -> part == null || part.isBlank());
  }

  private static Outcome refused(
      AwsServiceException e, SsoSession session, String accountId, String roleName) {
    return e.statusCode() == UNAUTHORIZED
        ? new Outcome.NeedsPerson(new PersonNeed.SsoLogin(session))
        : new Outcome.Denied(
            Outcome.Reason.ACCESS_DENIED,
            "IAM Identity Center gives you no role %s in account %s (%s); check sso_role_name and"
                    .formatted(roleName, accountId, SsoCalls.code(e))
                + " sso_account_id, and that it is assigned to you in "
                + session.name()
                + ".");
  }
}
