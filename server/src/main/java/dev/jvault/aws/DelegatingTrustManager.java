package dev.jvault.aws;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Delegates to another trust manager. A subclass decides what follows if that refuses a server. */
abstract class DelegatingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager delegate;

  /** One of the three checks of a server. */
  @FunctionalInterface
  interface Check {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  DelegatingTrustManager(X509ExtendedTrustManager delegate) {
    this.delegate = delegate;
  }

  /**
   * Handles a refusal.
   *
   * @param check the check that was made, for another trust manager to make
   * @throws CertificateException if the server is refused after all
   */
  abstract void refused(X509Certificate[] chain, Check check, CertificateException refusal)
      throws CertificateException;

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    delegate.checkClientTrusted(chain, authType);
  }

  @Override
  public final X509Certificate[] getAcceptedIssuers() {
    return delegate.getAcceptedIssuers();
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.by(delegate);
    } catch (CertificateException e) {
      refused(chain, check, e);
    }
  }
}
