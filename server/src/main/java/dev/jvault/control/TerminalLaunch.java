package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.profile.Chain;
import dev.jvault.profile.SeenFile;
import java.util.List;
import java.util.Optional;

/** The standing grant of a profile's terminals, its plan, and its ready file. */
final class TerminalLaunch {
  private final Daemon daemon;
  private final LaunchPlanner planner;
  private final ReadyFiles ready;

  TerminalLaunch(Daemon daemon, LaunchPlanner planner, ReadyFiles ready) {
    this.daemon = daemon;
    this.planner = planner;
    this.ready = ready;
  }

  /** The plan for a terminal's command; a plain call leaves a ready file for the next one. */
  LaunchPlan terminal(Chain chain, Call call) {
    Grant grant =
        daemon.grants().standing(Grant.Kind.TERMINAL, chain.profile(), call.environment());
    LaunchPlan plan = planner.endpoint(chain, grant, call);
    boolean plain =
        Delivery.of(call) == Delivery.CONTAINER
            && call.value("region").isEmpty()
            && call.value("duration").isEmpty();
    if (plain) {
      readyFile(chain, grant, plan, call);
    }
    return plan;
  }

  /** Only for a chain that the files as they are seen now still mean: a person was waited for. */
  private void readyFile(Chain chain, Grant grant, LaunchPlan plan, Call call) {
    Optional<List<SeenFile>> seen = daemon.profiles().seen(call.environment());
    Chain now = daemon.profiles().resolve(chain.profile(), call.environment());
    if (seen.isEmpty() || !now.equals(chain)) {
      ready.remove(chain.profile());
      return;
    }
    ready.write(
        grant,
        daemon.port(),
        daemon.grants().tokenFile(grant.id()),
        seen.get(),
        daemon.sessions().issuableUntil(chain, call.environment()),
        plan);
  }
}
