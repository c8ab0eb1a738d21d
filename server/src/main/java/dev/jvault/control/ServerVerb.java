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
import dev.jvault.secret.SessionCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code server}: obtains sessions, keeps them ready, and prints how an IDE or app uses them. */
final class ServerVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final TerminalLaunch terminalLaunch;
  private final Grants grants;
  private final ImdsListeners imds;
  private final DaemonInfo info;
  private final PortNews portNews;

  ServerVerb(
      ProfileSessions profileSessions,
      TerminalLaunch terminalLaunch,
      Grants grants,
      ImdsListeners imds,
      DaemonInfo info,
      PortNews portNews) {
    this.profileSessions = profileSessions;
    this.terminalLaunch = terminalLaunch;
    this.grants = grants;
    this.imds = imds;
    this.info = info;
    this.portNews = portNews;
  }

  @Override
  public Reply run(Call call) {
    call.value("port").ifPresent(this::checkPort);
    profileSessions.openWithGivenPassphrase(call);
    var text = new StringBuilder();
    text.append("jvault answers on ").append(info.endpoint()).append(".\n");
    portNews.told().forEach(sentence -> text.append(sentence).append('\n'));
    List<ImdsListenerRequest> requests = ImdsListenerRequest.of(call);
    // Resolves all of them before it opens a port or asks the user.
    requests.forEach(request -> profileSessions.resolve(request.profile(), call));
    for (String name : call.profiles()) {
      Chain chain = profileSessions.resolve(name, call);
      SessionCredentials session = profileSessions.keptSession(chain, call);
      Grant grant = grants.standing(Grant.Kind.SERVER, name, call.environment());
      LaunchPlan _ = terminalLaunch.lasting(chain, call.launchRequest());
      text.append(usage(grant, session, call.launchRequest().region(chain)));
    }
    for (ImdsListenerRequest request : requests) {
      SessionCredentials session =
          profileSessions.keptSession(profileSessions.resolve(request.profile(), call), call);
      text.append(usage(open(request, call), session));
    }
    return Reply.ofOutput(text.toString());
  }

  private ImdsListener open(ImdsListenerRequest request, Call call) {
    return imds.open(
        request.profile(),
        call.environment(),
        OptionalInt.of(request.port()),
        Optional.of(request.v1()));
  }

  private static String usage(ImdsListener listener, SessionCredentials session) {
    return """

    Profile %s is ready until %s as instance metadata (%s), and is refreshed before that.
    For programs that know instance metadata only, or in ~/.aws/config as ec2_metadata_service_endpoint:
      AWS_EC2_METADATA_SERVICE_ENDPOINT=%s
    """
        .formatted(
            listener.profile(),
            session.expiration(),
            listener.v1() ? "IMDSv2, and IMDSv1 because you asked for it" : "IMDSv2",
            listener.endpoint());
  }

  /** A running daemon keeps its port, because other programs may be using it. */
  private void checkPort(String wanted) {
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

  private String usage(Grant grant, SessionCredentials session, Optional<String> region) {
    String uri = info.endpoint() + grant.credentialsPath();
    Path token = grants.tokenFile(grant.id());
    return """

    Profile %s is ready until %s and is refreshed before that.
    For an application, an IDE or a run configuration (%s):
      AWS_CONTAINER_CREDENTIALS_FULL_URI=%s
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=%s
    %sFor a Java virtual machine, as options:
      -Daws.containerCredentialsFullUri=%s
      -Daws.containerAuthorizationTokenFile=%s
    For programs that read ~/.aws/config, under a profile name of its own:
      [profile %s-jvault]
      credential_process = %s credential-process %s
    """
        .formatted(
            grant.profile(),
            session.expiration(),
            info.endpointPort().lasting()
                ? "these stay the same over restarts"
                : "the address ends with this daemon",
            uri,
            token,
            region
                .map(name -> "  AWS_REGION=%1$s\n  AWS_DEFAULT_REGION=%1$s\n".formatted(name))
                .orElse(""),
            uri,
            token,
            grant.profile(),
            quoted(info.installation() + "/bin/jvault"),
            quoted(grant.profile()));
  }

  /** Quotes only if necessary, because the SDK for Go 1 drops what follows a quoted word. */
  private static String quoted(String name) {
    return name.matches("[A-Za-z0-9_./-]+") ? name : "\"" + name.replace("\"", "\\\"") + "\"";
  }
}
