package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.profile.Chain;
import java.nio.file.Path;

/** The standing grant of a profile's terminals, its plan, and its ready file. */
final class Standing {
  private final Daemon daemon;
  private final Plans plans;
  private final ReadyFiles ready;

  Standing(Daemon daemon, Plans plans, ReadyFiles ready) {
    this.daemon = daemon;
    this.plans = plans;
    this.ready = ready;
  }

  /** The plan for a terminal's command; a plain call leaves a ready file for the next one. */
  LaunchPlan terminal(Chain chain, Call call) {
    Grant grant =
        daemon.grants().standing(Grant.Kind.TERMINAL, chain.profile(), call.environment());
    LaunchPlan plan = plans.endpoint(chain, grant, call);
    boolean plain =
        Delivery.of(call) == Delivery.CONTAINER
            && call.value("region").isEmpty()
            && call.value("duration").isEmpty();
    if (plain) {
      Path tokenFile = daemon.grants().tokenFile(grant.id());
      ready.write(
          grant,
          daemon.port(),
          tokenFile,
          daemon.profiles().files(call.environment()),
          daemon.sessions().issuableUntil(chain, call.environment()),
          plan);
    }
    return plan;
  }
}
