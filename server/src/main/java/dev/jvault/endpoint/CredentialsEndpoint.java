package dev.jvault.endpoint;

import dev.jvault.credential.CredentialDocument;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.http.Admission;
import dev.jvault.http.Answer;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.http.Surface;
import dev.jvault.profile.Chain;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Consumer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The container credentials endpoint, in the three ways that SDKs know: {@code GET
 * /credentials/GRANT} by a full or a relative URI (ECS), and {@code GET /v1/credentials}, where the
 * token alone tells the grant (EKS pod identity). Besides, {@code GET /credential-process/GRANT}
 * for the launcher. A grant opens its own path only.
 */
public final class CredentialsEndpoint {
  /** Where ECS and EKS serve credentials; an SDK takes no other addresses but loopback's. */
  private static final Set<String> ADDRESSES =
      Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

  private final Grants grants;
  private final Function<Grant, Chain> chains;
  private final HandOuts handOuts;
  private final Secret proof;

  /**
   * An endpoint.
   *
   * @param chains resolves a grant's profile as it is now
   * @param proof what the launcher knows from the ready file and a stranger on the port does not
   */
  public CredentialsEndpoint(
      Grants grants, Function<Grant, Chain> chains, HandOuts handOuts, Secret proof) {
    this.grants = grants;
    this.chains = chains;
    this.handOuts = handOuts;
    this.proof = proof;
  }

  /** What its listener shows: every route wants a token. */
  public Surface surface() {
    return new Surface(
        List.of(
            new Route("GET", "/credentials/", request -> own(request, this::container)),
            new Route("GET", "/credential-process/", request -> own(request, this::process)),
            Route.exact("GET", "/v1/credentials", request -> any(request, this::container))),
        ADDRESSES,
        new GrantTokens(grants),
        true,
        Problem::answer);
  }

  /** For a path that names the grant. */
  private Answer own(Request request, Function<SessionCredentials, Answer> body) {
    return request.tail().equals(request.admitted())
        ? any(request, body)
        : new Problem(404, "NotFound", "This token has nothing at this path.").answer();
  }

  private Answer any(Request request, Function<SessionCredentials, Answer> body) {
    Optional<Grant> grant = grants.find(request.admitted());
    return grant.isEmpty()
        ? new Problem(401, "Unauthorized", "This token's grant has ended.").answer()
        : handOuts.answer(
            request, grant.get(), () -> chains.apply(grant.get()), Consumer.CONTAINER, body);
  }

  private Answer container(SessionCredentials session) {
    return Answer.of(200, "application/json", CredentialDocument.container(session));
  }

  private Answer process(SessionCredentials session) {
    return Answer.of(200, "application/json", CredentialDocument.process(session))
        .with("Jvault-Proof", proof.reveal());
  }

  /** The tokens of all grants, taken verbatim from {@code Authorization}. */
  private record GrantTokens(Grants grants) implements Admission {
    @Override
    public String header() {
      return "Authorization";
    }

    @Override
    public Optional<String> admit(Optional<String> token) {
      return token.flatMap(grants::admit).map(Grant::id);
    }
  }
}
