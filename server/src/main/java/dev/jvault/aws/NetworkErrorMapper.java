package dev.jvault.aws;

import dev.jvault.credential.Outcome.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/** What it means that AWS gave no answer that can be read. */
final class NetworkErrorMapper {
  private static final Pattern PROXY_ANSWER = Pattern.compile("HTTP/1\\.\\d (\\d{3})");
  private static final String PROXY_WANTS_USER = "407";

  private final CallLimits limits;

  NetworkErrorMapper(CallLimits limits) {
    this.limits = limits;
  }

  Unavailable outcome(SdkException e, RequestDescription asked) {
    return new Unavailable(sentence(e, asked));
  }

  /** Nothing was heard until the limit of the whole call. */
  Unavailable silence(RequestDescription asked) {
    return new Unavailable(silent(asked));
  }

  /** The thread that waited was told to stop. */
  Unavailable interruption(RequestDescription asked) {
    return new Unavailable("The call to " + asked.host() + " was interrupted; try again.");
  }

  private String sentence(SdkException e, RequestDescription asked) {
    if (Causes.find(e, CertificateException.class).isPresent()) {
      return certificate(e, asked);
    }
    if (Causes.find(e, UnknownHostException.class).isPresent()) {
      return "The name "
          + asked.proxy().orElse(asked.host())
          + " cannot be resolved; check the network connection, the region and the proxy.";
    }
    if (Causes.find(e, ConnectException.class).isPresent()
        || Causes.find(e, NoRouteToHostException.class).isPresent()
        || Causes.find(e, SocketTimeoutException.class)
            .filter(NetworkErrorMapper::early)
            .isPresent()) {
      return "No connection to " + whom(asked) + "; check the network connection, VPN and proxy.";
    }
    if (Causes.find(e, SocketTimeoutException.class).isPresent()) {
      return silent(asked);
    }
    return other(e, asked);
  }

  private String silent(RequestDescription asked) {
    return whom(asked) + " gave no answer for " + limits.whole().toSeconds() + " s; try again.";
  }

  private static String other(SdkException e, RequestDescription asked) {
    if (Causes.find(e, SSLException.class).isPresent()) {
      return "No TLS connection to "
          + whom(asked)
          + " came about; check endpoint_url, and that no proxy or firewall is in the way.";
    }
    // Jackson calls a text that is no JSON an I/O error.
    Optional<IOException> broken =
        Causes.find(e, IOException.class)
            .filter(failure -> !(failure instanceof JsonProcessingException));
    if (broken.isEmpty()) {
      return asked.host()
          + " answered something that is not AWS's; check endpoint_url, and that no proxy or login"
          + " page is in the way.";
    }
    Matcher answer = PROXY_ANSWER.matcher(String.valueOf(broken.get().getMessage()));
    if (asked.proxy().isPresent() && answer.find()) {
      return proxy(asked.proxy().get(), answer.group(1), asked);
    }
    return "The connection to " + whom(asked) + " broke before an answer came; try again.";
  }

  private static String proxy(String proxy, String status, RequestDescription asked) {
    return status.equals(PROXY_WANTS_USER)
        ? "The proxy " + proxy + " wants a user and a password; put them into HTTPS_PROXY."
        : "The proxy "
            + proxy
            + " answered HTTP "
            + status
            + " when asked for "
            + asked.host()
            + "; check HTTPS_PROXY and NO_PROXY.";
  }

  private static String certificate(SdkException e, RequestDescription asked) {
    Optional<UntrustedIssuerException> untrusted = Causes.find(e, UntrustedIssuerException.class);
    if (untrusted.isPresent()) {
      return asked.host()
          + " shows a certificate of \""
          + untrusted.get().issuer()
          + "\", which is not among "
          + authorities(asked.target().caBundle())
          + "; name a PEM file with that authority in ca_bundle or AWS_CA_BUNDLE.";
    }
    if (Causes.find(e, CertificateExpiredException.class).isPresent()
        || Causes.find(e, CertificateNotYetValidException.class).isPresent()) {
      return "The certificate of "
          + asked.host()
          + " is not valid today; check this machine's clock, or whoever runs that host.";
    }
    return asked.host()
        + " shows a certificate that is made out to another host; check endpoint_url and the"
        + " network.";
  }

  private static String authorities(Optional<Path> bundle) {
    return bundle
        .map(file -> "the authorities in " + file)
        .orElse("the authorities that jvault's Java runtime trusts");
  }

  private static String whom(RequestDescription asked) {
    return asked
        .proxy()
        .map(proxy -> asked.host() + " (by the proxy " + proxy + ")")
        .orElse(asked.host());
  }

  /** The same exception tells of a connection that did not come about and of a silent one. */
  private static boolean early(SocketTimeoutException e) {
    return String.valueOf(e.getMessage()).startsWith("Connect");
  }
}
