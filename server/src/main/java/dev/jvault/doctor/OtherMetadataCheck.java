package dev.jvault.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether something that is not jvault answers at the address of instance metadata. */
final class OtherMetadataCheck implements Check {
  /** What SDKs ask. */
  static final URI REAL = URI.create("http://169.254.169.254");

  /** The id of the instance that jvault describes. */
  private static final String OURS = "i-00000000000000000";

  private static final int CONNECT_MILLIS = 400;
  private static final int READ_MILLIS = 1_000;
  private static final int LONGEST_ANSWER = 1_024;

  private final URI address;
  private final Supplier<Optional<String>> interfaces;

  OtherMetadataCheck() {
    this(REAL, OtherMetadataCheck::interfaceWithAddress);
  }

  /**
   * The check of another address.
   *
   * @param interfaces the name of this machine's interface that has the address itself
   */
  OtherMetadataCheck(URI address, Supplier<Optional<String>> interfaces) {
    this.address = address;
    this.interfaces = interfaces;
  }

  @Override
  public String id() {
    return "link-local";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    Optional<String> holder = interfaces.get();
    Optional<String> instance = instance();
    if (instance.equals(Optional.of(OURS))) {
      return List.of(Finding.ok(address.getHost() + " answers with the metadata of jvault."));
    }
    if (holder.isEmpty() && instance.isEmpty()) {
      return List.of(Finding.ok("Nothing else answers at " + address.getHost() + "."));
    }
    String what =
        holder
            .map(name -> "The interface %s has the address %s.".formatted(name, address.getHost()))
            .orElseGet(
                () -> "Something that is not jvault answers at %s.".formatted(address.getHost()));
    return List.of(
        Finding.note(
            what,
            "Programs that know instance metadata only take the credentials of this machine's cloud"
                + " or of another tool; `jvault exec --imds P -- CMD` gives them those of P.",
            ""));
  }

  /** The id of the instance, an empty text if the answer is another; empty without an answer. */
  private Optional<String> instance() {
    try {
      HttpURLConnection token = open("/latest/api/token", "PUT");
      token.setRequestProperty("X-aws-ec2-metadata-token-ttl-seconds", "60");
      String session = token.getResponseCode() == 200 ? body(token) : "";
      HttpURLConnection id = open("/latest/meta-data/instance-id", "GET");
      id.setRequestProperty("X-aws-ec2-metadata-token", session);
      return Optional.of(id.getResponseCode() == 200 ? body(id) : "");
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private HttpURLConnection open(String path, String method) throws IOException {
    var connection =
        (HttpURLConnection) address.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    return connection;
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (var in = connection.getInputStream()) {
      return new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8).strip();
    }
  }

  private static Optional<String> interfaceWithAddress() {
    try {
      return Optional.ofNullable(
              NetworkInterface.getByInetAddress(InetAddress.ofLiteral(REAL.getHost())))
          .map(NetworkInterface::getName);
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
