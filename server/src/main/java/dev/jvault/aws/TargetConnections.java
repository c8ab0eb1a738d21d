package dev.jvault.aws;

import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/**
 * Opens the connections of one target: through its proxy or directly, trusting its certificate
 * authorities. Ignores the daemon's own environment and system properties.
 */
final class TargetConnections implements UrlConnectionFactory {
  private static final int HTTP_PORT = 80;

  /** The port of a SOCKS proxy whose URL names none. */
  static final int SOCKS_PORT = 1080;

  private final Proxy route;
  private final Optional<ProxyUser> proxyUser;
  private final SSLSocketFactory sockets;
  private final CallLimits limits;

  private TargetConnections(
      Proxy route, Optional<ProxyUser> proxyUser, SSLSocketFactory sockets, CallLimits limits) {
    this.route = route;
    this.proxyUser = proxyUser;
    this.sockets = sockets;
    this.limits = limits;
  }

  /** The connections of a target. An unusable proxy or bundle is a {@link JvaultException}. */
  static TargetConnections to(
      ServiceTarget target, CallLimits limits, CertificateFiles certificates) {
    target.proxy().filter(TargetConnections::socks).ifPresent(SocksUsers::remember);
    return new TargetConnections(
        target.proxy().map(TargetConnections::route).orElse(Proxy.NO_PROXY),
        target.proxy().filter(proxy -> !socks(proxy)).map(URI::getRawUserInfo).map(ProxyUser::of),
        TrustedAuthorities.sockets(target, certificates),
        limits);
  }

  @Override
  public HttpURLConnection createConnection(URI uri) {
    try {
      var connection = (HttpURLConnection) uri.toURL().openConnection(route);
      if (connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(sockets);
      }
      proxyUser.ifPresent(user -> user.authenticate(connection));
      connection.setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
      connection.setReadTimeout(Math.toIntExact(limits.read().toMillis()));
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Proxy route(URI proxy) {
    boolean socks = socks(proxy);
    if (!(socks || "http".equals(proxy.getScheme())) || proxy.getHost() == null) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "The proxy must be an http:// or socks5:// URL with a host; correct HTTPS_PROXY.");
    }
    int usual = socks ? SOCKS_PORT : HTTP_PORT;
    int port = proxy.getPort() < 0 ? usual : proxy.getPort();
    return new Proxy(
        socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
        InetSocketAddress.createUnresolved(proxy.getHost(), port));
  }

  private static boolean socks(URI proxy) {
    return "socks5".equals(proxy.getScheme()) || "socks5h".equals(proxy.getScheme());
  }
}
