package dev.jvault.aws;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Delegates to another trust manager, and adds the issuer's name to a refusal, so that a user
 * behind an intercepting proxy learns which certificate is missing.
 */
final class NamingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager delegate;

  NamingTrustManager(X509ExtendedTrustManager delegate) {
    this.delegate = delegate;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      delegate.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      delegate.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      delegate.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return delegate.getAcceptedIssuers();
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
