package dev.jvault.e2e;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A daemon with one listener of each kind, each with a session ready: the container endpoint,
 * instance metadata, and instance metadata with IMDSv1.
 */
final class Listeners implements AutoCloseable {
  private static final Pattern PATH = Pattern.compile("FULL_URI=http://127.0.0.1:\\d+(/\\S+)");
  private static final Pattern TOKEN_FILE = Pattern.compile("TOKEN_FILE=(\\S+)");

  private final StandInSts sts;
  private final Jvault jvault;
  private final int container = FreePort.next();
  private final int imds = FreePort.next();
  private final int v1 = FreePort.next();
  private final String path;
  private final String token;

  Listeners() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault =
        new Jvault(
            """
            [profile main]
            region = eu-west-1

            [profile child]
            source_profile = main
            role_arn = arn:aws:iam::222222222222:role/Developer
            """);
    jvault.set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString()).withKeyFor("main");
    String output = listen(List.of());
    path = find(PATH, output);
    token = Files.readString(Path.of(find(TOKEN_FILE, output)));
  }

  /**
   * Moves the daemon to another namespace. It needs no STS there: its sessions are in the vault.
   */
  void moveTo(NetworkNamespace place) {
    String _ = listen(place.place());
  }

  Jvault jvault() {
    return jvault;
  }

  /** The port of the container endpoint. */
  int container() {
    return container;
  }

  /** The port of instance metadata, IMDSv2 only. */
  int imds() {
    return imds;
  }

  /** The port of instance metadata with IMDSv1. */
  int v1() {
    return v1;
  }

  List<Integer> ports() {
    return List.of(container, imds, v1);
  }

  /** The path that the token opens. */
  String path() {
    return path;
  }

  /** The token of the container endpoint. */
  String token() {
    return token;
  }

  String log() throws IOException {
    return Files.readString(jvault.log());
  }

  @Override
  public void close() {
    jvault.close();
    sts.close();
  }

  private String listen(List<String> place) {
    String _ = jvault.run("stop").ok();
    var command = new ArrayList<>(place);
    command.addAll(List.of(Jvault.program(), "server", "--background"));
    command.addAll(List.of("--port", Integer.toString(container), "--profile", "main"));
    command.addAll(List.of("--imds", "main=" + imds));
    command.addAll(List.of("--imds", "child=" + v1, "--imds-v1", "child"));
    return jvault.finish(jvault.startCommand(Map.of(), command), "server").ok();
  }

  private static String find(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new AssertionError(pattern + " is not in " + text);
    }
    return found.group(1);
  }
}
