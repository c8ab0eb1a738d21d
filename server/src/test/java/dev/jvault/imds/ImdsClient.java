package dev.jvault.imds;

import dev.jvault.endpoint.EndpointFixture;
import dev.jvault.http.RawClient;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests instance metadata as SDKs do: a session token first, then documents with it. */
final class ImdsClient {
  static final String CREDENTIALS = "/latest/meta-data/iam/security-credentials/";

  private final int port;

  private ImdsClient(int port) {
    this.port = port;
  }

  /** The client of a profile's listener that {@code exec --imds} opens. */
  static ImdsClient of(RunningJvault jvault, String profile) {
    String endpoint =
        jvault.exec(profile, "imds=true").value("AWS_EC2_METADATA_SERVICE_ENDPOINT").orElseThrow();
    return new ImdsClient(Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
  }

  /** The client of a profile's listener without a daemon. */
  static ImdsClient of(EndpointFixture fixture, String profile) {
    return new ImdsClient(fixture.imdsPort(profile));
  }

  /** The client of an open listener. */
  static ImdsClient at(int port) {
    return new ImdsClient(port);
  }

  int port() {
    return port;
  }

  String host() {
    return "Host: 127.0.0.1:" + port;
  }

  /** Sends a PUT for a token with Host and these headers. */
  SdkResponse put(String... headers) throws IOException {
    var all = new ArrayList<>(List.of(host()));
    all.addAll(List.of(headers));
    return send("PUT", "/latest/api/token", all.toArray(String[]::new));
  }

  /** A token with the longest life. */
  String token() throws IOException {
    return token(21_600);
  }

  String token(int seconds) throws IOException {
    return put(ttl(seconds)).body();
  }

  static String ttl(int seconds) {
    return "x-aws-ec2-metadata-token-ttl-seconds: " + seconds;
  }

  /** Gets a document with a new token. */
  SdkResponse get(String path) throws IOException {
    return get(path, token());
  }

  SdkResponse get(String path, String token) throws IOException {
    return send("GET", path, host(), "x-aws-ec2-metadata-token: " + token);
  }

  /** Sends any request; the connection is closed afterwards. */
  SdkResponse send(String method, String path, String... headers) throws IOException {
    return SdkResponse.of(
        RawClient.exchange(
            port,
            method
                + " "
                + path
                + " HTTP/1.1\r\n"
                + String.join("\r\n", headers)
                + "\r\nConnection: close\r\n\r\n"));
  }
}
