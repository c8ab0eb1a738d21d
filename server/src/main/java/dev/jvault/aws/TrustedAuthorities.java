package dev.jvault.aws;

import dev.jvault.files.FileUnusableException;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities to trust: those of the target's bundle alone; without a bundle those
 * of the Java runtime, of the system, and of the caller's variables.
 */
final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /** TLS sockets that trust these authorities. An unusable bundle is a {@link JvaultException}. */
  static SSLSocketFactory sockets(ServiceTarget target, CertificateFiles certificates) {
    try {
      X509ExtendedTrustManager manager =
          target.caBundle().isPresent()
              ? of(read(target.caBundle().get(), certificates))
              : new FallbackTrustManager(
                  runtime(), new SystemAuthorities(target.authorities(), certificates));
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new NamingTrustManager(manager)}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new JvaultException(
          ExitCode.FAULT, "TLS cannot be set up in this Java runtime; reinstall jvault.", e);
    }
  }

  /** Trusts some authorities, of which there must be one at least. */
  static X509ExtendedTrustManager of(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate authority : authorities) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      return manager(store);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static X509ExtendedTrustManager runtime() throws GeneralSecurityException {
    return manager(null);
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("no X.509 trust manager"));
  }

  private static Collection<? extends Certificate> read(
      Path bundle, CertificateFiles certificates) {
    try {
      Collection<? extends Certificate> authorities = certificates.read(bundle);
      if (!authorities.isEmpty()) {
        return authorities;
      }
    } catch (FileUnusableException e) {
      throw new JvaultException(
          e.fault() == FileUnusableException.Fault.NO_ANSWER
              ? ExitCode.UNAVAILABLE
              : ExitCode.PROFILE,
          "The CA bundle %s %s; correct ca_bundle or AWS_CA_BUNDLE."
              .formatted(bundle, e.fault().clause()),
          e);
    } catch (IOException | CertificateException e) {
      throw new JvaultException(ExitCode.PROFILE, unusable(bundle), e);
    }
    throw new JvaultException(ExitCode.PROFILE, unusable(bundle));
  }

  private static String unusable(Path bundle) {
    return "The CA bundle "
        + bundle
        + " cannot be read as PEM certificates; correct ca_bundle or AWS_CA_BUNDLE.";
  }
}
