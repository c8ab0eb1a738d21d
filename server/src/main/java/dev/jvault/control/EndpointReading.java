package dev.jvault.control;

import dev.jvault.credential.KeyCheck;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.credential.Sts;
import dev.jvault.doctor.Finding;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.json.JsonText;
import dev.jvault.profile.Chain;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.SpanText;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads a profile's credentials as an SDK does: the client sends the request, with the token of a
 * grant that ends with it. Then AWS says whose they are. Nothing asks the user.
 */
final class EndpointReading {
  /** The time for a session that is not in memory. */
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(8);

  private final ReadingProfile profiles;
  private final Sessions sessions;
  private final Grants grants;
  private final Sts sts;
  private final Supplier<String> endpoint;
  private final InstantSource clock;

  /**
   * What was read.
   *
   * @param details facts for JSON; none of them is a secret
   */
  record Result(Finding finding, Map<String, String> details) {}

  /**
   * Reads at an endpoint.
   *
   * @param endpoint the address of jvault's endpoint at the moment, without a path
   */
  EndpointReading(
      ReadingProfile profiles,
      Sessions sessions,
      Grants grants,
      Sts sts,
      Supplier<String> endpoint,
      InstantSource clock) {
    this.profiles = profiles;
    this.sessions = sessions;
    this.grants = grants;
    this.sts = sts;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** Reads the credentials of the profile that the call means. */
  Result read(Call call) {
    Optional<String> name = profiles.chosen(call);
    if (name.isEmpty()) {
      return new Result(
          Finding.note(
              "No profile is chosen, so no credentials were read.",
              "",
              "jvault doctor --profile NAME"),
          Map.of());
    }
    Map<String, String> details = new LinkedHashMap<>();
    details.put("profile", name.get());
    try {
      return new Result(finding(name.get(), call, details), details);
    } catch (JvaultException e) {
      return new Result(
          Finding.problem(e.sentence(), "", "jvault explain " + PrintableText.quoted(name.get())),
          details);
    }
  }

  private Finding finding(String name, Call call, Map<String, String> details) {
    String shown = PrintableText.quoted(name);
    if (!profiles.vaultOpens(call)) {
      return Finding.problem(
          "The vault is locked, so the credentials of %s were not read.".formatted(shown),
          "Programs get an error that names the command below.",
          "jvault unlock " + shown);
    }
    Chain chain = profiles.resolve(name, call);
    Optional<Finding> trouble = trouble(shown, outcome(chain, call));
    return trouble.isPresent() ? trouble.get() : readByClient(shown, chain, call, details);
  }

  private Outcome outcome(Chain chain, Call call) {
    var loaded = new CompletableFuture<Outcome>();
    Thread.ofVirtual()
        .name("doctor-session")
        .start(() -> {
          try {
            loaded.complete(sessions.obtain(chain, call.environment(), Person.ABSENT));
          } catch (RuntimeException e) {
            loaded.completeExceptionally(e);
          }
        });
    try {
      return loaded.get(LONGEST_LOAD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return new Outcome.Unavailable(
          "The session of %s did not come within %d s; `jvault status` will have the reason."
              .formatted(PrintableText.quoted(chain.profile()), LONGEST_LOAD.toSeconds()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof JvaultException failure
          ? failure
          : new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Unavailable("The reading was interrupted; try again.");
    }
  }

  private static Optional<Finding> trouble(String shown, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Issued _ -> Optional.empty();
      case Outcome.NeedsPerson(PersonNeed need) ->
          Optional.of(
              Finding.problem(
                  "%s needs you: %s.".formatted(shown, need.what()),
                  "Programs get an error until you have answered.",
                  need instanceof PersonNeed.SsoLogin(var session)
                      ? "jvault sso login " + session.name()
                      : "jvault unlock " + shown));
      case Outcome.Denied denied ->
          Optional.of(Finding.problem(denied.sentence(), "", "jvault explain " + shown));
      case Outcome.Unavailable unavailable ->
          Optional.of(Finding.problem(unavailable.sentence(), "", "jvault explain " + shown));
    };
  }

  private Finding readByClient(String shown, Chain chain, Call call, Map<String, String> details) {
    Optional<ProcessIdentity> client = call.pid().flatMap(ProcessIdentity::of);
    if (client.isEmpty()) {
      return Finding.note("The client's process is unknown, so no credentials were read.", "", "");
    }
    Grant grant =
        grants.bound(
            chain.profile(),
            call.environment(),
            List.of(),
            client.get(),
            Optional.of(chain.leadsTo()));
    String address = endpoint.get();
    details.put("endpoint", address);
    Optional<Secret> answer;
    try {
      answer =
          call.person()
              .ask(
                  new Question(
                      Question.Kind.READING,
                      address + grant.credentialsPath() + "\n" + grants.tokenFile(grant.id())));
    } finally {
      var _ = grants.end(one -> one.id().equals(grant.id()));
    }
    return answer
        .map(SdkAnswer::of)
        .map(read -> judged(shown, address, chain, read, details))
        .orElseGet(() ->
            Finding.note("This command made no reading of the endpoint.", "", "jvault restart"));
  }

  private Finding judged(
      String shown, String address, Chain chain, SdkAnswer answer, Map<String, String> details) {
    details.put("status", Integer.toString(answer.status()));
    if (answer.status() == 0) {
      return Finding.problem(
          "A program of this shell does not reach jvault at %s: %s."
              .formatted(address, answer.message()),
          "It may run in another network namespace or container, or another program has the port.",
          "jvault restart");
    }
    Optional<SessionCredentials> credentials = answer.credentials(clock.instant());
    if (credentials.isEmpty()) {
      return Finding.problem(
          "%s answered %s with status %d: %s"
              .formatted(address, shown, answer.status(), answer.message()),
          "Programs get the same answer.",
          answer.status() == 503 ? "jvault unlock " + shown : "");
    }
    var session = credentials.get();
    details.put("expiration", JsonText.time(session.expiration()));
    KeyCheck check =
        StsTarget.of(chain)
            .map(target -> sts.whose(session, target))
            .orElseGet(() ->
                new KeyCheck.Unchecked("No step of the profile asks STS, so AWS was not asked."));
    String length = SpanText.of(Duration.between(clock.instant(), session.expiration()));
    return switch (check) {
      case KeyCheck.Known(String account, String arn) -> {
        details.put("account", account);
        details.put("arn", arn);
        yield Finding.ok(
            "%s gave the credentials of %s: %s in account %s, for %s."
                .formatted(address, shown, PrintableText.quoted(arn), account, length));
      }
      case KeyCheck.Unchecked(String sentence) -> {
        session.accountId().ifPresent(account -> details.put("account", account));
        yield Finding.note(
            "%s gave the credentials of %s: %s, for %s."
                .formatted(address, shown, PrintableText.quoted(chain.leadsTo()), length),
            "AWS did not confirm whose they are: " + sentence,
            "");
      }
      case KeyCheck.UnknownId _, KeyCheck.WrongSecret _ ->
          Finding.problem(
              "%s gave credentials for %s which AWS does not accept.".formatted(address, shown),
              "They were revoked, or the clock is wrong.",
              "jvault clear " + shown);
    };
  }
}
