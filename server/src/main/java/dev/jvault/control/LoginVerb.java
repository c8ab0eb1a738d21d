package dev.jvault.control;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.browser.BrowserObstacle;
import dev.jvault.console.ConsoleBrowser;
import dev.jvault.console.ConsoleDestination;
import dev.jvault.console.ConsoleName;
import dev.jvault.console.Federation;
import dev.jvault.console.SigninEndpoint;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code login}: opens the AWS console in the browser, or prints the address that does. */
final class LoginVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final ConsoleSession consoleSession;
  private final Profiles profiles;
  private final Federation federation;
  private final ConsoleBrowser browser;
  private final ControlAudit controlAudit;

  LoginVerb(
      ProfileSessions profileSessions,
      ConsoleSession consoleSession,
      Profiles profiles,
      Federation federation,
      ConsoleBrowser browser,
      ControlAudit controlAudit) {
    this.profileSessions = profileSessions;
    this.consoleSession = consoleSession;
    this.profiles = profiles;
    this.federation = federation;
    this.browser = browser;
    this.controlAudit = controlAudit;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call given) {
    Call call = given.federated();
    Chain chain = profileSessions.resolve(call.profile(), call);
    ConsoleRegion where = ConsoleRegion.of(chain, call);
    ConsoleDestination destination = destination(where, call);
    Optional<Duration> duration = consoleSession.duration(chain, call);
    Optional<String> notice = consoleSession.notice(chain, call);
    ServiceTarget target =
        profiles.signin(
            chain.profile(),
            where.region(),
            where.partition().signinHost(where.region()),
            call.environment());
    var endpoint = SigninEndpoint.of(where.partition(), where.region(), target.endpoint());
    SessionCredentials session =
        consoleSession.obtain(chain, StsTarget.of(chain).orElse(target), call);
    Secret login =
        endpoint.loginUrl(
            destination,
            token(new Federation.Request(chain.profile(), endpoint, target, session, duration)));
    controlAudit.toCommand(DeliveryMethod.CONSOLE, chain, session, call);
    Secret page = wants(call, "auto-logout") ? endpoint.afterLogout(login) : login;
    Reply reply = wants(call, "stdout") ? printed(page) : opened(page, chain, session, call);
    return notice.map(reply::withMessage).orElse(reply);
  }

  private static ConsoleDestination destination(ConsoleRegion where, Call call) {
    return call.value("destination")
        .map(url -> ConsoleDestination.url(where.partition(), url))
        .or(() ->
            call.value("service")
                .map(name -> ConsoleDestination.service(where.partition(), where.region(), name)))
        .or(() ->
            call.value("path")
                .map(path -> ConsoleDestination.path(where.partition(), where.region(), path)))
        .orElseGet(() -> ConsoleDestination.home(where.partition(), where.region()));
  }

  /** Asks without the duration if AWS refuses the request with it. */
  private Secret token(Federation.Request request) {
    Federation.Answer answer = federation.signinToken(request);
    if (answer instanceof Federation.Answer.Refused(String _, boolean malformed)
        && malformed
        && request.duration().isPresent()) {
      answer = federation.signinToken(request.withoutDuration());
    }
    return switch (answer) {
      case Federation.Answer.Token(Secret token) -> token;
      case Federation.Answer.Refused(String sentence, boolean _) ->
          throw new JvaultException(ExitCode.DENIED, sentence);
      case Federation.Answer.Unavailable(String sentence) ->
          throw new JvaultException(ExitCode.UNAVAILABLE, sentence);
    };
  }

  private Reply opened(Secret page, Chain chain, SessionCredentials session, Call call) {
    Map<String, String> helper = call.environment().helper();
    Optional<BrowserObstacle> obstacle = browser.obstacle(helper);
    if (obstacle.isPresent()) {
      return printed(page, obstacle.get().clause());
    }
    var name = new ConsoleName(chain.profile(), account(chain, session).orElse(chain.profile()));
    return switch (browser.open(page, name, call.person(), helper)) {
      case OPENED ->
          Reply.ofMessage("The console of %s opens in your browser.".formatted(name.profile()));
      case NO_BROWSER -> printed(page, "No browser could be started");
      case NOT_OPENED ->
          Reply.failed(
              ExitCode.PERSON,
              "No browser has opened the console of %s; run `jvault login` again, or with --stdout, which prints the address."
                  .formatted(name.profile()));
    };
  }

  private static Optional<String> account(Chain chain, SessionCredentials session) {
    return session
        .accountId()
        .or(() -> session.roleArn().map(arn -> arn.split(":", 6)[4]))
        .or(() ->
            chain.bottom() instanceof Hop.Sso sso
                ? Optional.of(sso.accountId())
                : Optional.empty());
  }

  private static Reply printed(Secret page, String why) {
    return printed(page)
        .withMessage(
            why + ", so here is the address. It logs in whoever opens it, for 15 minutes.");
  }

  private static Reply printed(Secret page) {
    return Reply.ofOutput(page.reveal() + "\n");
  }

  /** Whether an option was given, or the variable by which aws-vault always gives it. */
  private static boolean wants(Call call, String option) {
    String variable = "AWS_VAULT_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
    return call.flag(option)
        || Boolean.parseBoolean(call.environment().helper().getOrDefault(variable, "false"));
  }
}
