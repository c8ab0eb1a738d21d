package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * An IMDS listener that the caller asks for.
 *
 * @param profile the profile's name
 * @param port the TCP port, unprivileged
 * @param v1 whether it answers IMDSv1
 */
record ImdsListenerRequest(String profile, int port, boolean v1) {
  private static final int FIRST_UNPRIVILEGED = 1024;
  private static final int LAST = 65_535;

  /**
   * All requests of a call: {@code imds} options such as {@code dev=9171}, and the names in {@code
   * imds-v1}.
   */
  static List<ImdsListenerRequest> of(Call call) {
    List<String> v1 = call.values("imds-v1");
    var requests = new ArrayList<ImdsListenerRequest>();
    for (String text : call.values("imds")) {
      requests.add(of(text, v1));
    }
    refuseTwice(requests);
    for (String name : v1) {
      if (requests.stream().noneMatch(request -> request.profile().equals(name))) {
        throw wrong("--imds-v1 " + name + " needs --imds " + name + "=PORT beside it.");
      }
    }
    return requests;
  }

  private static ImdsListenerRequest of(String text, List<String> v1) {
    int equals = text.lastIndexOf('=');
    String port = text.substring(equals + 1);
    if (equals < 1 || !port.matches("[0-9]{1,5}")) {
      throw wrong("--imds takes NAME=PORT, such as dev=9171, not `" + text + "`.");
    }
    int number = Integer.parseInt(port);
    if (number < FIRST_UNPRIVILEGED || number > LAST) {
      throw wrong(
          "--imds takes a port from %d to %d, not %d; for port 80 of the real address see `jvault"
                  .formatted(FIRST_UNPRIVILEGED, LAST, number)
              + " help link-local`.");
    }
    String profile = text.substring(0, equals);
    return new ImdsListenerRequest(profile, number, v1.contains(profile));
  }

  private static void refuseTwice(List<ImdsListenerRequest> requests) {
    var profiles = new HashSet<String>();
    var ports = new HashSet<Integer>();
    for (ImdsListenerRequest request : requests) {
      if (!profiles.add(request.profile())) {
        throw wrong(
            "--imds names profile " + request.profile() + " twice; a profile has one port.");
      }
      if (!ports.add(request.port())) {
        throw wrong("--imds names port " + request.port() + " twice; each profile needs its own.");
      }
    }
  }

  private static JvaultException wrong(String sentence) {
    return new JvaultException(ExitCode.USAGE, sentence);
  }
}
