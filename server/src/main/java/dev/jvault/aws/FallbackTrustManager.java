package dev.jvault.aws;

import java.net.Socket;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks a trust manager, and only if that knows no issuer, one with the system's authorities, which
 * are read then, and again after they have changed. Few callers need them, and a parsed certificate
 * takes memory.
 */
final class FallbackTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager first;
  private final SystemAuthorities authorities;
  private final AtomicReference<@Nullable Fallback> second = new AtomicReference<>();

  private record Fallback(Map<Path, FileTime> stamp, Optional<X509ExtendedTrustManager> manager) {}

  @FunctionalInterface
  private interface Check {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  FallbackTrustManager(X509ExtendedTrustManager first, SystemAuthorities authorities) {
    this.first = first;
    this.authorities = authorities;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    first.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    first.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    first.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return first.getAcceptedIssuers();
  }

  private void check(Check check) throws CertificateException {
    try {
      check.by(first);
    } catch (CertificateException e) {
      Optional<X509ExtendedTrustManager> system =
          NamingTrustManager.untrusted(e) ? system() : Optional.empty();
      if (system.isEmpty()) {
        throw e;
      }
      check.by(system.get());
    }
  }

  private Optional<X509ExtendedTrustManager> system() throws CertificateException {
    Map<Path, FileTime> stamp = authorities.stamp();
    Fallback known = second.get();
    if (known != null && known.stamp().equals(stamp)) {
      return known.manager();
    }
    Set<Certificate> all = authorities.read();
    try {
      Optional<X509ExtendedTrustManager> manager =
          all.isEmpty() ? Optional.empty() : Optional.of(TrustedAuthorities.of(all));
      second.set(new Fallback(stamp, manager));
      return manager;
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }
}
