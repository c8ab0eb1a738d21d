package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.imds.ImdsListener;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.launch.LaunchPlan;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.profile.Chain;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.SessionCredentials;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code server}: obtains sessions, keeps them ready until {@code --forget}, and prints how an IDE
 * or app uses them.
 */
final class ServerVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final TerminalLaunch terminalLaunch;
  private final Grants grants;
  private final ImdsListeners imds;
  private final DaemonInfo info;
  private final StateNews stateNews;
  private final Forgetting forgetting;
  private final ServingCheck check;
  private final InstantSource clock;

  ServerVerb(
      ProfileSessions profileSessions,
      TerminalLaunch terminalLaunch,
      Grants grants,
      ImdsListeners imds,
      DaemonInfo info,
      StateNews stateNews,
      Forgetting forgetting,
      ServingCheck check,
      InstantSource clock) {
    this.profileSessions = profileSessions;
    this.terminalLaunch = terminalLaunch;
    this.grants = grants;
    this.imds = imds;
    this.info = info;
    this.stateNews = stateNews;
    this.forgetting = forgetting;
    this.check = check;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    if (!call.values("forget").isEmpty()) {
      return forgetting.run(call);
    }
    if (call.flag(Routes.CHECK)) {
      return check.run(call);
    }
    call.value("port").ifPresent(this::checkPort);
    profileSessions.openWithGivenPassphrase(call);
    var usage = new ServerUsage(info, call.times(clock.instant()));
    var text = new StringBuilder();
    text.append("jvault answers on ").append(info.endpoint()).append(".\n");
    stateNews.told().forEach(sentence -> text.append(sentence).append('\n'));
    List<ImdsListenerRequest> requests = ImdsListenerRequest.of(call);
    // Resolves all of them before it opens a port or asks the user.
    requests.forEach(request -> profileSessions.resolve(request.profile(), call));
    for (String name : call.profiles()) {
      Chain chain = profileSessions.resolve(name, call);
      SessionCredentials session = profileSessions.session(chain, call);
      Grant grant = grants.standing(Grant.Kind.SERVER, name, call.environment());
      LaunchPlan _ = terminalLaunch.lasting(chain, call.launchRequest());
      text.append(
          usage.container(
              grant,
              grants.tokenFile(grant.id()),
              session.expiration(),
              call.launchRequest().region(chain)));
    }
    for (ImdsListenerRequest request : requests) {
      SessionCredentials session =
          profileSessions.session(profileSessions.resolve(request.profile(), call), call);
      text.append(usage.instanceMetadata(open(request, call), session.expiration()));
    }
    return Reply.ofOutput(text.toString());
  }

  private ImdsListener open(ImdsListenerRequest request, Call call) {
    return imds.open(
        request.profile(),
        call.environment(),
        OptionalInt.of(request.port()),
        Optional.of(request.v1()),
        true);
  }

  /** A running daemon keeps its port, because other programs may be using it. */
  private void checkPort(String wanted) {
    EndpointPort.Ports ports = info.endpointPort().now();
    if (ports.substituted() && wanted.equals(Integer.toString(ports.wanted()))) {
      throw new JvaultException(ExitCode.DAEMON, String.join(" ", info.endpointPort().news()));
    }
    if (!wanted.equals(Integer.toString(info.port()))) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "jvault already runs on port "
              + info.port()
              + "; run `jvault stop`, then `jvault server --port "
              + wanted
              + "`.");
    }
  }
}
