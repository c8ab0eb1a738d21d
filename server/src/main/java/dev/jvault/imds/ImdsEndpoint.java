package dev.jvault.imds;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.credential.CredentialDocument;
import dev.jvault.endpoint.CredentialRequest;
import dev.jvault.endpoint.CredentialResponder;
import dev.jvault.endpoint.GrantChains;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.http.HttpResponse;
import dev.jvault.http.ListenerConfig;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.http.TokenAuthenticator;
import dev.jvault.profile.Chain;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Serves the instance metadata of one profile, like an EC2 instance whose {@code HttpTokens} are
 * {@code required}: a PUT for a session token, then GETs with it, below {@code /latest} or a dated
 * version. Statuses, types, headers and bodies are those of the real service, with one exception:
 * if no session can be issued, the response is JSON with a sentence that SDKs show.
 */
final class ImdsEndpoint {
  static final String TOKEN = "x-aws-ec2-metadata-token";
  static final String TTL = "x-aws-ec2-metadata-token-ttl-seconds";

  private static final String LATEST = "latest";
  private static final String TOKEN_PATH = "/" + LATEST + "/api/token";
  private static final Set<String> ADDRESSES = Set.of("169.254.169.254");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  /** The versions that {@code GET /} lists on an instance. */
  private static final List<String> VERSIONS =
      List.of(
          "1.0",
          "2007-01-19",
          "2007-03-01",
          "2007-08-29",
          "2007-10-10",
          "2007-12-15",
          "2008-02-01",
          "2008-09-01",
          "2009-04-04",
          "2011-01-01",
          "2011-05-01",
          "2012-01-12",
          "2014-02-25",
          "2014-11-05",
          "2015-10-20",
          "2016-04-19",
          "2016-06-30",
          "2016-09-02",
          "2018-03-28",
          "2018-08-17",
          "2018-09-24",
          "2019-10-01",
          "2020-10-27",
          "2021-01-03",
          "2021-03-23",
          "2021-07-15",
          "2022-09-24",
          "2024-04-11",
          LATEST);

  private final GrantChains chains;
  private final Grants grants;
  private final CredentialResponder responder;
  private final SessionTokens tokens;
  private final Instant started;

  /** An endpoint whose clients present these session tokens. */
  ImdsEndpoint(
      GrantChains chains,
      Grants grants,
      CredentialResponder responder,
      SessionTokens tokens,
      Instant started) {
    this.chains = chains;
    this.grants = grants;
    this.responder = responder;
    this.tokens = tokens;
    this.started = started;
  }

  /**
   * The config of its listener. Any program of this user may get a session token.
   *
   * @param grant the id of the grant that the listener serves
   * @param v1 whether requests without a session token are answered too, asked at each
   */
  ListenerConfig listenerConfig(String grant, BooleanSupplier v1) {
    return new ListenerConfig(
        List.of(
            new Route("PUT", TOKEN_PATH, String::isEmpty, Route.Kind.HANDSHAKE, this::token),
            new Route("GET", "/", ImdsEndpoint::noToken, Route.Kind.TOKEN, this::get),
            new Route("HEAD", "/", ImdsEndpoint::noToken, Route.Kind.TOKEN, this::get)),
        ADDRESSES,
        new SessionTokenAuthenticator(tokens, grant, v1),
        false,
        ErrorPages::of);
  }

  private static boolean noToken(String tail) {
    return !tail.equals(TOKEN_PATH.substring(1));
  }

  private HttpResponse token(Request request) {
    int seconds =
        request.header(TTL).filter(NUMBER.asMatchPredicate()).map(Integer::valueOf).orElse(0);
    if (seconds < 1 || seconds > SessionTokens.LONGEST_TTL) {
      return ErrorPages.of(400);
    }
    return plain(tokens.issue(seconds)).with(TTL, Integer.toString(seconds));
  }

  private HttpResponse get(Request request) {
    HttpResponse response = respond(request).with("Server", InstanceDocuments.SERVER);
    Optional<Duration> left = request.header(TOKEN).flatMap(tokens::left);
    return left.isPresent() ? response.with(TTL, Long.toString(left.get().toSeconds())) : response;
  }

  private HttpResponse respond(Request request) {
    String path = request.tail();
    if (path.isEmpty()) {
      return plain(String.join("\n", VERSIONS));
    }
    int slash = path.indexOf('/');
    String version = slash < 0 ? path : path.substring(0, slash);
    return VERSIONS.contains(version)
        ? below(request, slash < 0 ? "" : path.substring(slash + 1))
        : ErrorPages.of(404);
  }

  private HttpResponse below(Request request, String path) {
    Optional<Grant> found = grants.find(request.principal());
    if (found.isEmpty()) {
      return ErrorPages.of(401);
    }
    Grant grant = found.get();
    grants.used(grant.id());
    Chain chain;
    try {
      chain = chains.resolve(grant);
    } catch (JvaultException e) {
      return withoutRole(path, e);
    }
    var documents = new InstanceDocuments(chain, grant.environment(), started);
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean role = chains.keyMayExist(chain);
    if (role
        && (plain.equals(InstanceDocuments.CREDENTIALS + documents.role())
            || plain.equals(InstanceDocuments.EXTENDED_CREDENTIALS + documents.role()))) {
      return responder.respond(
          request,
          grant,
          new CredentialRequest(DeliveryMethod.IMDS),
          () -> chain,
          this::credentials);
    }
    return documents.tree(role).find(path).map(this::document).orElseGet(() -> ErrorPages.of(404));
  }

  /**
   * Treats a profile that cannot be resolved as an instance without a role; SDKs show the reason.
   */
  private static HttpResponse withoutRole(String path, JvaultException fault) {
    return path.startsWith("meta-data/iam")
        ? new Problem(404, "InvalidProfile", fault.sentence()).response()
        : ErrorPages.of(404);
  }

  private HttpResponse credentials(SessionCredentials session) {
    return dated(HttpResponse.of(200, "text/plain", CredentialDocument.container(session)));
  }

  private HttpResponse document(String text) {
    return dated(plain(text));
  }

  private HttpResponse dated(HttpResponse response) {
    return response
        .with("Accept-Ranges", "none")
        .with(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(started.atOffset(ZoneOffset.UTC)));
  }

  private static HttpResponse plain(String text) {
    return HttpResponse.text(200, text).with("Server", InstanceDocuments.SERVER);
  }

  /**
   * Accepts the listener's session tokens for its grant; with IMDSv1, requests without a token too.
   *
   * @param grant the grant's id
   * @param v1 whether IMDSv1 is on
   */
  private record SessionTokenAuthenticator(SessionTokens tokens, String grant, BooleanSupplier v1)
      implements TokenAuthenticator {
    @Override
    public String header() {
      return TOKEN;
    }

    @Override
    public Optional<String> authenticate(Optional<String> token) {
      boolean valid = token.isEmpty() ? v1.getAsBoolean() : tokens.left(token.get()).isPresent();
      return valid ? Optional.of(grant) : Optional.empty();
    }
  }
}
