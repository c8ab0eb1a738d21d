package dev.jvault.aws;

import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** The user and password in a proxy's URL, for that proxy only. */
final class ProxyUser extends Authenticator {
  private final String name;
  private final String password;

  private ProxyUser(String name, String password) {
    this.name = name;
    this.password = password;
  }

  /** Reads {@code user:password} as it stands in a URL, escapes and all. */
  static ProxyUser of(String rawUserInfo) {
    String[] parts = rawUserInfo.split(":", 2);
    return new ProxyUser(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
  }

  /**
   * Has the connection name the user when the proxy asks. A header set on a connection by TLS would
   * pass through the tunnel, to AWS; one without TLS streams its body and cannot repeat it.
   */
  void introduce(HttpURLConnection connection) {
    if (connection instanceof HttpsURLConnection) {
      connection.setAuthenticator(this);
      return;
    }
    byte[] user = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    connection.setRequestProperty(
        "Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    return getRequestorType() == RequestorType.PROXY
        ? new PasswordAuthentication(name, password.toCharArray())
        : null;
  }

  private static String decoded(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
