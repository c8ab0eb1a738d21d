package dev.jvault.aws;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks a trust manager, and only if that knows no issuer, one with the system's authorities, which
 * are read then, and again after they have changed. Few callers need them, and a parsed certificate
 * takes memory.
 */
final class FallbackTrustManager extends DelegatingTrustManager {
  private final SystemAuthorities authorities;
  private volatile @Nullable Fallback second;

  private record Fallback(Map<Path, FileTime> stamp, Optional<X509ExtendedTrustManager> manager) {}

  FallbackTrustManager(X509ExtendedTrustManager first, SystemAuthorities authorities) {
    super(first);
    this.authorities = authorities;
  }

  @Override
  void refused(X509Certificate[] chain, Check check, CertificateException refusal)
      throws CertificateException {
    Optional<X509ExtendedTrustManager> system =
        NamingTrustManager.untrusted(refusal) ? system() : Optional.empty();
    if (system.isEmpty()) {
      throw refusal;
    }
    check.by(system.get());
  }

  private Optional<X509ExtendedTrustManager> system() throws CertificateException {
    Map<Path, FileTime> stamp = authorities.stamp();
    Fallback known = second;
    if (known != null && known.stamp().equals(stamp)) {
      return known.manager();
    }
    Set<Certificate> all = authorities.read();
    try {
      Optional<X509ExtendedTrustManager> manager =
          all.isEmpty() ? Optional.empty() : Optional.of(TrustedAuthorities.of(all));
      second = new Fallback(stamp, manager);
      return manager;
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }
}
