package dev.jvault.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sends requests with curl, as this user or another one, on this machine or another one.
 *
 * @param place words before the command that run it as another user or on another machine
 */
record CurlClient(Jvault jvault, List<String> place) {
  private static final String SESSION_TOKEN = "X-aws-ec2-metadata-token";
  private static final String CREDENTIALS = "/latest/meta-data/iam/security-credentials/";

  /**
   * The result of one request.
   *
   * @param exit curl's exit status: 7 for a connection refused
   * @param status the HTTP status, 0 if there was no answer
   */
  record Response(String command, int exit, int status, String body) {}

  /** The same client as another user, who does not exist on the machine. */
  CurlClient asAnotherUser() {
    var words = new ArrayList<>(place);
    words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    return new CurlClient(jvault, words);
  }

  /** The same client in a user namespace, in which its user appears as root. */
  CurlClient asRootOfAUserNamespace() {
    return new CurlClient(
        jvault, Stream.concat(place.stream(), Stream.of("unshare", "-r")).toList());
  }

  /**
   * Requests credentials of the container endpoint: without a token, with a wrong and the right
   * one.
   */
  List<Response> container(Listeners at, String host, String... more) {
    String url = "http://" + host + ":" + at.container();
    return List.of(
        send(url + at.path(), more),
        send(url + at.path(), with(more, "-HAuthorization: " + "x".repeat(43))),
        send(url + at.path(), with(more, "-HAuthorization: " + at.token())),
        send(url + "/v1/credentials", with(more, "-HAuthorization: " + at.token())));
  }

  /**
   * Sends requests to both instance metadata listeners: for a session token, for credentials with
   * one, and for credentials by IMDSv1.
   *
   * @param session a session token that another client was given
   */
  List<Response> imds(Listeners at, String host, String session, String... more) {
    String v2 = "http://" + host + ":" + at.imds();
    String v1 = "http://" + host + ":" + at.v1();
    return List.of(
        send(
            v2 + "/latest/api/token",
            with(more, "-XPUT", "-H" + SESSION_TOKEN + "-ttl-seconds: 9")),
        send(v2 + CREDENTIALS, with(more, "-H" + SESSION_TOKEN + ": " + session)),
        send(v2 + CREDENTIALS + "main", with(more, "-H" + SESSION_TOKEN + ": " + session)),
        send(
            v1 + "/latest/api/token",
            with(more, "-XPUT", "-H" + SESSION_TOKEN + "-ttl-seconds: 9")),
        send(v1 + CREDENTIALS, more),
        send(v1 + CREDENTIALS + "Developer", more));
  }

  /** A session token of the listener without IMDSv1, valid for a minute. */
  String session(Listeners at) {
    return send(
            "http://127.0.0.1:" + at.imds() + "/latest/api/token",
            "-XPUT",
            "-H" + SESSION_TOKEN + "-ttl-seconds: 60")
        .body();
  }

  /** Runs curl with further options. */
  Response send(String url, String... options) {
    var words = new ArrayList<>(place);
    words.addAll(List.of("curl", "-sg", "-m", "5", "-w", "\n%{http_code}", url));
    words.addAll(List.of(options));
    CommandResult result =
        jvault.finish(jvault.startCommand(Map.of(), words), String.join(" ", words));
    int end = result.out().lastIndexOf('\n');
    return new Response(
        result.command(),
        result.exit(),
        Integer.parseInt(result.out().substring(end + 1)),
        result.out().substring(0, end));
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
