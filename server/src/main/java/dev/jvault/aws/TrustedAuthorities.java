package dev.jvault.aws;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities to trust: those in a PEM file, or else those of the Java runtime. */
final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /** TLS sockets that trust these authorities. An unusable bundle is a {@link JvaultException}. */
  static SSLSocketFactory sockets(Optional<Path> bundle) {
    try {
      @Nullable KeyStore authorities = bundle.isPresent() ? read(bundle.get()) : null;
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      TrustManager[] managers =
          Stream.of(factory.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(manager -> new NamingTrustManager((X509ExtendedTrustManager) manager))
              .toArray(TrustManager[]::new);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new JvaultException(
          ExitCode.FAULT, "TLS cannot be set up in this Java runtime; reinstall jvault.", e);
    }
  }

  private static KeyStore read(Path bundle) throws GeneralSecurityException {
    var authorities = KeyStore.getInstance("PKCS12");
    try (InputStream pem = Files.newInputStream(bundle)) {
      authorities.load(null, null);
      int number = 0;
      for (Certificate authority : certificates(pem)) {
        authorities.setCertificateEntry("authority-" + number++, authority);
      }
    } catch (IOException | CertificateException e) {
      throw new JvaultException(ExitCode.PROFILE, unusable(bundle), e);
    }
    if (authorities.size() == 0) {
      throw new JvaultException(ExitCode.PROFILE, unusable(bundle));
    }
    return authorities;
  }

  private static Collection<? extends Certificate> certificates(InputStream pem)
      throws CertificateException {
    return CertificateFactory.getInstance("X.509").generateCertificates(pem);
  }

  private static String unusable(Path bundle) {
    return "The CA bundle "
        + bundle
        + " cannot be read as PEM certificates; correct ca_bundle or AWS_CA_BUNDLE.";
  }
}
