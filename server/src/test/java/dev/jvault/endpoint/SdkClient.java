package dev.jvault.endpoint;

import dev.jvault.http.RawClient;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sends requests to the endpoint like an SDK in a command of {@code jvault exec}. */
final class SdkClient {
  private final URI uri;
  private final Path tokenFile;

  SdkClient(URI uri, Path tokenFile) {
    this.uri = uri;
    this.tokenFile = tokenFile;
  }

  SdkClient(ParsedLaunchPlan plan) {
    this(
        URI.create(plan.value("AWS_CONTAINER_CREDENTIALS_FULL_URI").orElseThrow()),
        Path.of(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").orElseThrow()));
  }

  /** The client in a command of this profile. */
  static SdkClient of(RunningJvault jvault, String profile) {
    return new SdkClient(jvault.exec(profile));
  }

  /** Sends the ordinary request, with the token. */
  SdkResponse get() throws IOException {
    return with();
  }

  /** Sends the ordinary request with the token and more headers. */
  SdkResponse with(String... headers) throws IOException {
    var all = new ArrayList<>(List.of(host(), authorization()));
    all.addAll(List.of(headers));
    return send("GET", path(), all.toArray(String[]::new));
  }

  /** Sends any request; the connection is closed afterwards. */
  SdkResponse send(String method, String path, String... headers) throws IOException {
    return SdkResponse.of(RawClient.exchange(uri.getPort(), request(method, path, headers)));
  }

  String request(String method, String path, String... headers) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\n"
        + String.join("\r\n", headers)
        + "\r\nConnection: close\r\n\r\n";
  }

  String host() {
    return "Host: 127.0.0.1:" + uri.getPort();
  }

  String authorization() throws IOException {
    return "Authorization: " + token();
  }

  String token() throws IOException {
    return Files.readString(tokenFile);
  }

  Path tokenFile() {
    return tokenFile;
  }

  URI uri() {
    return uri;
  }

  String path() {
    return uri.getPath();
  }
}
