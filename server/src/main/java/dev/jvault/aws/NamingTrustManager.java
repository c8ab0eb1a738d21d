package dev.jvault.aws;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Adds the issuer's name to the refusal of another trust manager, so that a user behind an
 * intercepting proxy learns which certificate is missing.
 */
final class NamingTrustManager extends DelegatingTrustManager {
  NamingTrustManager(X509ExtendedTrustManager delegate) {
    super(delegate);
  }

  @Override
  void refused(X509Certificate[] chain, Check check, CertificateException refusal)
      throws CertificateException {
    throw named(chain, refusal);
  }

  private static CertificateException named(X509Certificate[] chain, CertificateException e) {
    if (chain.length == 0 || !untrusted(e)) {
      return e;
    }
    String issuer = chain[chain.length - 1].getIssuerX500Principal().getName();
    return new UntrustedIssuerException(issuer, e);
  }

  /** Whether no trusted authority, or only one of the same name, issued the certificate. */
  static boolean untrusted(CertificateException e) {
    return Causes.find(e, CertPathBuilderException.class).isPresent()
        || Causes.find(e, CertPathValidatorException.class)
            .filter(path -> path.getReason() != BasicReason.EXPIRED)
            .filter(path -> path.getReason() != BasicReason.NOT_YET_VALID)
            .isPresent();
  }

  /** No trusted authority issued the server's certificate. */
  static final class UntrustedIssuerException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final String issuer;

    UntrustedIssuerException(String issuer, CertificateException cause) {
      super(cause);
      this.issuer = issuer;
    }

    /** The distinguished name of the authority at the end of the chain that the server sent. */
    String issuer() {
      return issuer;
    }
  }
}
