package dev.jvault.aws;

import dev.jvault.credential.Outcome.Unavailable;
import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.Setting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/** Says in a sentence why a call got no usable answer from AWS. */
final class NetworkErrorMapper {
  private static final Pattern PROXY_ANSWER = Pattern.compile("HTTP/1\\.\\d (\\d{3})");
  private static final String PROXY_WANTS_USER = "407";

  private final CallLimits limits;
  private final CertificateFiles certificates = new CertificateFiles(new ForeignFiles());

  NetworkErrorMapper(CallLimits limits) {
    this.limits = limits;
  }

  Unavailable outcome(SdkException e, RequestDescription request) {
    return new Unavailable(sentence(e, request));
  }

  /** No answer came within the limit of the whole call. */
  Unavailable timeout(RequestDescription request) {
    return new Unavailable(timeoutSentence(request));
  }

  /** The waiting thread was interrupted. */
  Unavailable interruption(RequestDescription request) {
    return new Unavailable("The call to " + request.host() + " was interrupted; try again.");
  }

  private String sentence(SdkException e, RequestDescription request) {
    if (Causes.find(e, OversizedAnswerException.class).isPresent()) {
      return request.host()
          + " answered with more than 64 KiB, which AWS never does; check endpoint_url, and that no"
          + " proxy or login page is in the way.";
    }
    if (Causes.find(e, CertificateException.class).isPresent()) {
      return certificate(e, request);
    }
    if (Causes.find(e, UnknownHostException.class).isPresent()) {
      return "The name "
          + request.proxy().orElse(request.host())
          + " cannot be resolved; check the network connection, the region and the proxy.";
    }
    if (Causes.find(e, ConnectException.class).isPresent()
        || Causes.find(e, NoRouteToHostException.class).isPresent()
        || Causes.find(e, SocketTimeoutException.class)
            .filter(NetworkErrorMapper::connecting)
            .isPresent()) {
      return "No connection to "
          + server(request)
          + "; check the network connection, VPN and proxy.";
    }
    if (Causes.find(e, SocketTimeoutException.class).isPresent()) {
      return timeoutSentence(request);
    }
    return other(e, request);
  }

  private String timeoutSentence(RequestDescription request) {
    return server(request) + " gave no answer for " + limits.total().toSeconds() + " s; try again.";
  }

  private static String other(SdkException e, RequestDescription request) {
    if (Causes.find(e, SSLException.class).isPresent()) {
      return "No TLS connection to "
          + server(request)
          + " could be established; check endpoint_url, and that no proxy or firewall is in the way.";
    }
    // Jackson reports text that is not JSON as an I/O error.
    Optional<IOException> broken =
        Causes.find(e, IOException.class)
            .filter(failure -> !(failure instanceof JsonProcessingException));
    if (broken.isEmpty()) {
      return request.host()
          + " answered something that is not AWS's; check endpoint_url, and that no proxy or login"
          + " page is in the way.";
    }
    Matcher answer = PROXY_ANSWER.matcher(String.valueOf(broken.get().getMessage()));
    if (request.proxy().isPresent() && answer.find()) {
      return proxyRefusal(request.proxy().get(), answer.group(1), request);
    }
    return "The connection to " + server(request) + " broke before an answer came; try again.";
  }

  private static String proxyRefusal(String proxy, String status, RequestDescription request) {
    return status.equals(PROXY_WANTS_USER)
        ? "The proxy " + proxy + " wants a user and a password; put them into its address."
        : "The proxy "
            + proxy
            + " answered HTTP "
            + status
            + " when asked for "
            + request.host()
            + "; check HTTPS_PROXY and NO_PROXY.";
  }

  private String certificate(SdkException e, RequestDescription request) {
    Optional<NamingTrustManager.UntrustedIssuerException> untrusted =
        Causes.find(e, NamingTrustManager.UntrustedIssuerException.class);
    if (untrusted.isPresent()) {
      return request.host()
          + " shows a certificate of \""
          + untrusted.get().issuer()
          + "\", which is not among "
          + authorities(request.target());
    }
    if (Causes.find(e, CertificateExpiredException.class).isPresent()
        || Causes.find(e, CertificateNotYetValidException.class).isPresent()) {
      return "The certificate of "
          + request.host()
          + " is not valid today; check this machine's clock, or ask the operator of that host.";
    }
    return request.host()
        + " shows a certificate that is issued to another host; check endpoint_url and the"
        + " network.";
  }

  private String authorities(ServiceTarget target) {
    return target
        .caBundle()
        .map(file -> "the authorities in " + file + ", the file of ca_bundle; add it there.")
        .orElseGet(() ->
            "the authorities that jvault's Java runtime and this system trust; add it to the"
                + " system's, or name a PEM file with it in ca_bundle or AWS_CA_BUNDLE."
                + unreadable(target.authorities()));
  }

  private String unreadable(List<Setting> variables) {
    List<String> names = new SystemAuthorities(variables, certificates).unreadable();
    return names.isEmpty()
        ? ""
        : " No certificate can be read from what "
            + String.join(" and ", names)
            + " names: an absolute path to a PEM file is needed.";
  }

  private static String server(RequestDescription request) {
    return request
        .proxy()
        .map(proxy -> request.host() + " (by the proxy " + proxy + ")")
        .orElse(request.host());
  }

  /** Whether the connection timed out; the same exception means a time-out while reading. */
  private static boolean connecting(SocketTimeoutException e) {
    return String.valueOf(e.getMessage()).startsWith("Connect");
  }
}
