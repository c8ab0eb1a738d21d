package dev.jvault.aws;

import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** The user and password in a proxy's URL; sends them to that proxy only. */
final class ProxyUser extends Authenticator {
  private final String name;
  private final String password;

  private ProxyUser(String name, String password) {
    this.name = name;
    this.password = password;
  }

  /** Parses {@code user:password} with the escapes of a URL. */
  static ProxyUser of(String rawUserInfo) {
    String[] parts = rawUserInfo.split(":", 2);
    return new ProxyUser(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
  }

  /**
   * Makes the connection send the user to the proxy. With TLS only when the proxy asks, because a
   * header would pass through the tunnel to AWS. Without TLS at once, because such a connection
   * streams its body and cannot repeat it.
   */
  void authenticate(HttpURLConnection connection) {
    if (connection instanceof HttpsURLConnection) {
      connection.setAuthenticator(this);
      return;
    }
    byte[] user = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    connection.setRequestProperty(
        "Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
  }

  /** The user and password for a protocol of the JDK that asks for both. */
  PasswordAuthentication login() {
    return new PasswordAuthentication(name, password.toCharArray());
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    return getRequestorType() == RequestorType.PROXY ? login() : null;
  }

  private static String decoded(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
