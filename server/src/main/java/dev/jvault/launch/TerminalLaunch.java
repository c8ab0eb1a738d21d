package dev.jvault.launch;

import dev.jvault.audit.DeliveryMethod;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListener;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import java.util.Optional;

/**
 * Plans the commands of a user's terminals, which share one standing grant for each profile. Safe
 * for many threads.
 */
public final class TerminalLaunch {
  /** Opens the IMDS listener of a profile, or finds it open. */
  @FunctionalInterface
  public interface ImdsOpener {
    /**
     * The listener of the profile, on any port.
     *
     * @throws dev.jvault.protocol.JvaultException if no port is free
     */
    ImdsListener open(String profile, CallerEnvironment environment);
  }

  private final Grants grants;
  private final ImdsOpener imds;
  private final LaunchPlanner planner;
  private final LaunchPreparation preparation;

  /** A launch that writes ready files through the preparation. */
  public TerminalLaunch(
      Grants grants, ImdsOpener imds, LaunchPlanner planner, LaunchPreparation preparation) {
    this.grants = grants;
    this.imds = imds;
    this.planner = planner;
    this.preparation = preparation;
  }

  /** The plan for a terminal's command; a plain request leaves a ready file for the next one. */
  public LaunchPlan plan(Chain chain, LaunchRequest request) {
    return request.method() == DeliveryMethod.IMDS
        ? imds(chain, request)
        : container(
            chain,
            grants.forCommand(chain.profile(), request.environment(), Optional.of(chain.leadsTo())),
            request);
  }

  /**
   * The same for a plan that is kept, such as in a shell's variables, and may be used much later.
   */
  public LaunchPlan lasting(Chain chain, LaunchRequest request) {
    return request.method() == DeliveryMethod.IMDS
        ? imds(chain, request)
        : container(
            chain,
            grants.standing(
                Grant.Kind.TERMINAL,
                chain.profile(),
                request.environment(),
                Optional.of(chain.leadsTo())),
            request);
  }

  private LaunchPlan imds(Chain chain, LaunchRequest request) {
    ImdsListener listener = imds.open(chain.profile(), request.environment());
    return planner.imds(chain, listener, request);
  }

  private LaunchPlan container(Chain chain, Grant grant, LaunchRequest request) {
    LaunchPlan plan = planner.endpoint(chain, grant, request);
    if (request.isPlain()) {
      LaunchRequest plain = LaunchRequest.plain(request.environment());
      LaunchPlan ready = request.equals(plain) ? plan : planner.endpoint(chain, grant, plain);
      preparation.prepare(chain, grant, plain, ready);
    }
    return plan;
  }
}
