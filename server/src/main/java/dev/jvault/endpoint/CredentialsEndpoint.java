package dev.jvault.endpoint;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.audit.TokenlessRequests;
import dev.jvault.credential.CredentialDocument;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.http.Caller;
import dev.jvault.http.HttpResponse;
import dev.jvault.http.ListenerConfig;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.http.TokenAuthenticator;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The container credentials endpoint. SDKs use {@code GET /credentials/GRANT} with a full or a
 * relative URI (ECS), or {@code GET /v1/credentials}, where the token alone identifies the grant
 * (EKS pod identity). The launcher uses {@code GET /credential-process/GRANT}. {@code GET
 * /role-arn/ARN} is for a role that a grant may ask for besides its profile. A grant's token opens
 * only that grant's paths.
 */
public final class CredentialsEndpoint {
  private static final String ECS = "169.254.170.2";

  /** Where ECS and EKS serve credentials. SDKs accept these addresses and loopback only. */
  private static final Set<String> ADDRESSES = Set.of(ECS, "169.254.170.23", "[fd00:ec2::23]");

  /** For a grant that ended after the gate had let the request pass. */
  private static final Problem ENDED =
      new Problem(401, "Unauthorized", "This token's grant has ended.");

  private final Grants grants;
  private final GrantChains chains;
  private final CredentialResponder responder;
  private final Secret proof;
  private final TokenlessCallers tokenless;

  /**
   * An endpoint for these grants.
   *
   * @param proof a secret that the launcher reads from the ready file, and that a foreign process
   *     on this port does not know
   * @param tokenless is told of programs that send no token
   */
  public CredentialsEndpoint(
      Grants grants,
      GrantChains chains,
      CredentialResponder responder,
      Secret proof,
      TokenlessRequests tokenless) {
    this.tokenless = new TokenlessCallers(tokenless);
    this.grants = grants;
    this.chains = chains;
    this.responder = responder;
    this.proof = proof;
  }

  /** The config of its listener: every route needs a token. */
  public ListenerConfig listenerConfig() {
    return new ListenerConfig(
        List.of(
            new Route(
                "GET",
                "/credentials/",
                request -> forPath(request, method(request), this::container)),
            new Route(
                "GET",
                "/credential-process/",
                request -> forPath(request, DeliveryMethod.CREDENTIAL_PROCESS, this::process)),
            new Route("GET", "/role-arn/", this::role),
            Route.exact(
                "GET",
                "/v1/credentials",
                request -> forToken(request, DeliveryMethod.EKS, this::container))),
        ADDRESSES,
        new GrantTokens(grants, tokenless),
        true,
        Problem::response);
  }

  private static DeliveryMethod method(Request request) {
    return request.host().equals(ECS) ? DeliveryMethod.ECS : DeliveryMethod.CONTAINER;
  }

  /** Answers a path that names the grant. */
  private HttpResponse forPath(
      Request request, DeliveryMethod method, Function<SessionCredentials, HttpResponse> body) {
    return request.tail().equals(request.principal())
        ? forToken(request, method, body)
        : new Problem(404, "NotFound", "This token has nothing at this path.").response();
  }

  private HttpResponse forToken(
      Request request, DeliveryMethod method, Function<SessionCredentials, HttpResponse> body) {
    Optional<Grant> grant = grants.find(request.principal());
    return grant.isEmpty()
        ? ENDED.response()
        : respond(request, grant.get(), new CredentialRequest(method), body);
  }

  /** Gives the same refusal for every role that the grant may not ask for, real or not. */
  private HttpResponse role(Request request) {
    Optional<Grant> grant = grants.find(request.principal());
    if (grant.isEmpty()) {
      return ENDED.response();
    }
    String role = request.tail();
    var wanted = new CredentialRequest(DeliveryMethod.ROLE_ARN, Optional.of(role));
    return grant.get().roles().contains(role)
        ? respond(request, grant.get(), wanted, this::container)
        : new Problem(403, "AccessDenied", "This token may not ask for that role.").response();
  }

  private HttpResponse respond(
      Request request,
      Grant grant,
      CredentialRequest wanted,
      Function<SessionCredentials, HttpResponse> body) {
    return responder.respond(
        request, grant, wanted, () -> chains.resolve(grant, wanted.role()), body);
  }

  private HttpResponse container(SessionCredentials session) {
    return HttpResponse.of(200, "application/json", CredentialDocument.container(session));
  }

  private HttpResponse process(SessionCredentials session) {
    return HttpResponse.of(200, "application/json", CredentialDocument.process(session))
        .with("Jvault-Proof", proof.reveal());
  }

  /** Finds the grant whose token is the verbatim value of {@code Authorization}. */
  private record GrantTokens(Grants grants, TokenlessCallers tokenless)
      implements TokenAuthenticator {
    @Override
    public String header() {
      return "Authorization";
    }

    @Override
    public Optional<String> authenticate(Optional<String> token) {
      return token.flatMap(grants::admit).map(Grant::id);
    }

    /** Only of grants that exist: any other path is no program's that jvault started. */
    @Override
    public void noToken(String path, Caller caller) {
      grants
          .find(path.substring(path.lastIndexOf('/') + 1))
          .ifPresent(grant -> tokenless.note(grant, caller));
    }
  }
}
