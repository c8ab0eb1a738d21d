package dev.jvault.aws;

import java.security.cert.CertificateException;

/** A server's certificate that no trusted authority vouches for. */
final class UntrustedIssuerException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final String issuer;

  UntrustedIssuerException(String issuer, CertificateException cause) {
    super(cause);
    this.issuer = issuer;
  }

  /** The distinguished name of the authority at the end of what the server showed. */
  String issuer() {
    return issuer;
  }
}
