package dev.jvault.demo;

import dev.jvault.http.Caller;
import dev.jvault.http.HttpResponse;
import dev.jvault.http.ListenerConfig;
import dev.jvault.http.LoopbackServer;
import dev.jvault.http.PeerCallerLookup;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.http.TokenAuthenticator;
import dev.jvault.peer.PeerLookup;
import dev.jvault.secret.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An STS on loopback that invents credentials: GetSessionToken, GetFederationToken, AssumeRole and
 * GetCallerIdentity in AWS's XML, with sessions of any length. It checks no signature; it refuses
 * unknown keys, and MFA codes that are malformed or were used before.
 */
public final class StandInSts implements AutoCloseable {
  /** The account of the key that it knows from the start. */
  public static final String ACCOUNT = "123456789012";

  private static final Pattern KEY = Pattern.compile("Credential=([A-Z0-9]+)/");
  private static final Pattern FEDERATED_NAME = Pattern.compile("[\\w+=,.@-]{2,32}");
  private static final Pattern MFA_CODE = Pattern.compile("[0-9]{6}");

  /** Codes that begin so are never right, so that a test can type a wrong one. */
  private static final String WRONG_CODES = "0000";

  private static final Pattern ROLE = Pattern.compile("arn:aws:iam::([0-9]{12}):role/(.+)");

  private final LoopbackServer server;
  private final MadeUpCredentials madeUp;
  private final Map<String, String> arns = new ConcurrentHashMap<>();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final Set<String> usedCodes = ConcurrentHashMap.newKeySet();

  /**
   * Listens on a free port of 127.0.0.1 and answers every user of the machine, as a server on the
   * network would.
   *
   * @param known the one long-lived key that may call it
   * @param sessionLength the life of every session, whatever the request says; whole seconds
   * @throws IOException if it cannot listen
   */
  public StandInSts(AccessKey known, Duration sessionLength, InstantSource clock)
      throws IOException {
    this(known, sessionLength, clock, new PeerCallerLookup(PeerLookup.UNKNOWN));
  }

  /**
   * Listens on a free port of 127.0.0.1.
   *
   * @param callers tells who this user is; nobody else is answered
   */
  StandInSts(AccessKey known, Duration sessionLength, InstantSource clock, Caller.Lookup callers) {
    madeUp = new MadeUpCredentials(sessionLength, clock);
    arns.put(known.accessKeyId(), "arn:aws:iam::" + ACCOUNT + ":user/demo");
    List<Route> routes =
        Stream.of("GET", "POST")
            .map(method -> new Route(method, "/", _ -> true, Route.Kind.HANDSHAKE, this::handle))
            .toList();
    server =
        LoopbackServer.start(
            0,
            new ListenerConfig(routes, Set.of(), new Signatures(), true, Problem::response),
            callers);
  }

  /** Its address, for {@code endpoint_url} or {@code AWS_ENDPOINT_URL_STS}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** How many calls of an action it received, including refused ones. */
  public int calls(String action) {
    return calls.getOrDefault(action, 0);
  }

  @Override
  public void close() {
    server.close();
  }

  private HttpResponse handle(Request request) {
    Map<String, String> form = form(request.body());
    calls.merge(form.getOrDefault("Action", ""), 1, Integer::sum);
    StandInResponse answer = answer(request.header("Authorization").orElse(""), form);
    return HttpResponse.of(
        answer.status(), "text/xml", answer.xml().getBytes(StandardCharsets.UTF_8));
  }

  private StandInResponse answer(String authorization, Map<String, String> form) {
    Matcher key = KEY.matcher(authorization);
    String arn = key.find() ? arns.get(key.group(1)) : null;
    if (arn == null) {
      return StandInResponse.refused(
          "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    if (form.containsKey("SerialNumber") && !acceptsCode(form)) {
      return StandInResponse.refused(
          "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");
    }
    return switch (form.getOrDefault("Action", "")) {
      case "GetSessionToken" -> session(arn);
      case "GetFederationToken" -> federated(form);
      case "AssumeRole" -> role(form);
      case "GetCallerIdentity" -> StandInResponse.identity(key.group(1), arn, account(arn));
      default -> StandInResponse.invalid("InvalidAction", "Could not find operation");
    };
  }

  private boolean acceptsCode(Map<String, String> form) {
    String code = form.getOrDefault("TokenCode", "");
    return MFA_CODE.matcher(code).matches()
        && !code.startsWith(WRONG_CODES)
        && usedCodes.add(form.get("SerialNumber") + " " + code);
  }

  private StandInResponse session(String arn) {
    MadeUpCredentials.Issued issued = madeUp.next();
    arns.put(issued.accessKeyId(), arn);
    return StandInResponse.session(issued);
  }

  private StandInResponse federated(Map<String, String> form) {
    String name = form.getOrDefault("Name", "");
    if (!FEDERATED_NAME.matcher(name).matches()) {
      return StandInResponse.invalid("ValidationError", "Name is invalid");
    }
    MadeUpCredentials.Issued issued = madeUp.next();
    String arn = "arn:aws:sts::" + ACCOUNT + ":federated-user/" + name;
    arns.put(issued.accessKeyId(), arn);
    return StandInResponse.federated(issued, arn, name);
  }

  private StandInResponse role(Map<String, String> form) {
    Matcher role = ROLE.matcher(form.getOrDefault("RoleArn", ""));
    String session = form.getOrDefault("RoleSessionName", "");
    if (!role.matches() || session.isEmpty()) {
      return StandInResponse.invalid("ValidationError", "RoleArn or RoleSessionName is invalid");
    }
    MadeUpCredentials.Issued issued = madeUp.next();
    String name = role.group(2).replaceFirst(".*/", "");
    String arn = "arn:aws:sts::" + role.group(1) + ":assumed-role/" + name + "/" + session;
    arns.put(issued.accessKeyId(), arn);
    return StandInResponse.role(issued, arn, session);
  }

  private static String account(String arn) {
    return arn.split(":", 6)[4];
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /** STS reads them itself, so the listener lets each request pass. */
  private static final class Signatures implements TokenAuthenticator {
    @Override
    public String header() {
      return "Authorization";
    }

    @Override
    public Optional<String> authenticate(Optional<String> token) {
      return token;
    }
  }
}
