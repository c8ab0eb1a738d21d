package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import dev.jvault.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code service install} asks the daemon to keep ready.
 *
 * @param profiles names of profiles
 * @param imds pairs of a name and a port, such as {@code dev=9171}
 */
record KeptProfiles(List<String> profiles, List<String> imds, Client client)
    implements Service.FirstRequest {
  boolean isEmpty() {
    return profiles.isEmpty() && imds.isEmpty();
  }

  /** A daemon of another version may not know the check, and would serve the profiles at once. */
  @Override
  public String check() {
    if (isEmpty()) {
      return "";
    }
    Response response =
        client.callSameVersion("server", () -> form().add(Routes.CHECK, Boolean.toString(true)));
    if (response.exit() != ExitCode.OK.status()) {
      throw new JvaultException(ExitCode.of(response.exit()), response.message());
    }
    client.warn(response);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /**
   * Asks the daemon for something even if there is nothing to keep, so that a failure shows now.
   */
  @Override
  public int send() {
    try {
      return isEmpty() ? answers() : client.callAndPrint("server", form());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int answers() {
    try {
      RunningDaemon _ = RunningDaemon.find(client);
    } catch (NoDaemonException _) {
      client.start(Client.ANY_PORT);
    }
    return ExitCode.OK.status();
  }

  private Form form() {
    var form = new Form();
    profiles.forEach(name -> form.add("profile", name));
    imds.forEach(value -> form.add("imds", value));
    return form;
  }
}
