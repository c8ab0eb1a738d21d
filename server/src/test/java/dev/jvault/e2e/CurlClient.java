package dev.jvault.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somebody who asks by curl.
 *
 * @param place what makes the command another user's, or lets it run on another machine
 */
record CurlClient(Jvault jvault, List<String> place) {
  private static final String SESSION_TOKEN = "X-aws-ec2-metadata-token";
  private static final String CREDENTIALS = "/latest/meta-data/iam/security-credentials/";

  /**
   * What came of it.
   *
   * @param exit curl's exit status: 7 for a connection refused
   * @param status the HTTP status, 0 if there was no answer
   */
  record Answer(String question, int exit, int status, String body) {}

  /** This one as another user, who is none of the machine's. */
  CurlClient asNobody() {
    var words = new ArrayList<>(place);
    words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    return new CurlClient(jvault, words);
  }

  /** This one in a user namespace, where everybody is called root. */
  CurlClient calledRoot() {
    return new CurlClient(
        jvault, Stream.concat(place.stream(), Stream.of("unshare", "-r")).toList());
  }

  /** Asks the container endpoint for credentials: with no token, a wrong one, the right one. */
  List<Answer> container(Listeners at, String host, String... more) {
    String url = "http://" + host + ":" + at.container();
    return List.of(
        ask(url + at.path(), more),
        ask(url + at.path(), with(more, "-HAuthorization: " + "x".repeat(43))),
        ask(url + at.path(), with(more, "-HAuthorization: " + at.token())),
        ask(url + "/v1/credentials", with(more, "-HAuthorization: " + at.token())));
  }

  /**
   * Asks both instance metadata listeners: for a session token, for credentials with one, and for
   * those of IMDSv1 without one.
   *
   * @param session a session token, from somebody who was given one
   */
  List<Answer> imds(Listeners at, String host, String session, String... more) {
    String v2 = "http://" + host + ":" + at.imds();
    String v1 = "http://" + host + ":" + at.v1();
    return List.of(
        ask(
            v2 + "/latest/api/token",
            with(more, "-XPUT", "-H" + SESSION_TOKEN + "-ttl-seconds: 9")),
        ask(v2 + CREDENTIALS, with(more, "-H" + SESSION_TOKEN + ": " + session)),
        ask(v2 + CREDENTIALS + "main", with(more, "-H" + SESSION_TOKEN + ": " + session)),
        ask(
            v1 + "/latest/api/token",
            with(more, "-XPUT", "-H" + SESSION_TOKEN + "-ttl-seconds: 9")),
        ask(v1 + CREDENTIALS, more),
        ask(v1 + CREDENTIALS + "Developer", more));
  }

  /** A session token of the listener without IMDSv1, for a minute. */
  String session(Listeners at) {
    return ask(
            "http://127.0.0.1:" + at.imds() + "/latest/api/token",
            "-XPUT",
            "-H" + SESSION_TOKEN + "-ttl-seconds: 60")
        .body();
  }

  /** Asks with curl's own options. */
  Answer ask(String url, String... options) {
    var words = new ArrayList<>(place);
    words.addAll(List.of("curl", "-sg", "-m", "5", "-w", "\n%{http_code}", url));
    words.addAll(List.of(options));
    CommandResult ran =
        jvault.finish(jvault.startCommand(Map.of(), words), String.join(" ", words));
    int end = ran.out().lastIndexOf('\n');
    return new Answer(
        ran.command(),
        ran.exit(),
        Integer.parseInt(ran.out().substring(end + 1)),
        ran.out().substring(0, end));
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
