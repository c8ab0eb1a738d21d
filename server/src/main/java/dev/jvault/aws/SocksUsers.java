package dev.jvault.aws;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The users and passwords of SOCKS proxies. The JDK asks only the authenticator of the process for
 * them, so this class is that authenticator; it answers no other question.
 */
final class SocksUsers extends Authenticator {
  private static final String PROTOCOL = "SOCKS5";

  private final Map<String, ProxyUser> users = new ConcurrentHashMap<>();

  private SocksUsers() {}

  /** From now on, the user in the proxy's URL is sent to this proxy; does nothing without one. */
  static synchronized void remember(URI proxy) {
    @Nullable String user = proxy.getRawUserInfo();
    if (user == null) {
      return;
    }
    SocksUsers all =
        Authenticator.getDefault() instanceof SocksUsers known ? known : new SocksUsers();
    int port = proxy.getPort() < 0 ? TargetConnections.SOCKS_PORT : proxy.getPort();
    all.users.put(key(proxy.getHost(), port), ProxyUser.of(user));
    Authenticator.setDefault(all);
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    if (!PROTOCOL.equals(getRequestingProtocol())) {
      return null;
    }
    return Optional.ofNullable(users.get(key(getRequestingHost(), getRequestingPort())))
        .map(ProxyUser::login)
        .orElse(null);
  }

  private static String key(String host, int port) {
    return host + ":" + port;
  }
}
