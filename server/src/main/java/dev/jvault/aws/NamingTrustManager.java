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
 * A trust manager that decides as another one does, and names the authority when it refuses one, so
 * that a person behind an intercepting proxy learns which certificate is missing.
 */
final class NamingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager judge;

  NamingTrustManager(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      throw named(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }

  private static CertificateException named(X509Certificate[] chain, CertificateException e) {
    if (chain.length == 0 || !untrusted(e)) {
      return e;
    }
    String issuer = chain[chain.length - 1].getIssuerX500Principal().getName();
    return new UntrustedIssuerException(issuer, e);
  }

  /** No path to an authority, or one that merely has the name of one. */
  private static boolean untrusted(CertificateException e) {
    return Causes.find(e, CertPathBuilderException.class).isPresent()
        || Causes.find(e, CertPathValidatorException.class)
            .filter(path -> path.getReason() != BasicReason.EXPIRED)
            .filter(path -> path.getReason() != BasicReason.NOT_YET_VALID)
            .isPresent();
  }
}
