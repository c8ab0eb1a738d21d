package dev.jvault.aws;

import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.JvaultException;
import dev.jvault.sso.StartPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads the page of an access portal, with the connections that all calls to AWS have. */
final class HttpStartPage {
  private static final int LONGEST = 256 << 10;
  private static final int MOST_REDIRECTS = 5;

  private final CertificateFiles certificates = new CertificateFiles(new ForeignFiles());

  /** The region that the page names; blocks for some seconds at most. */
  Optional<String> region(SsoSession session) {
    try {
      TargetConnections connections =
          TargetConnections.to(session.portal(), CallLimits.DEFAULT, certificates);
      return CallWithTimeout.run(
          CallLimits.DEFAULT.read(), () -> region(connections, session.startUrl()));
    } catch (JvaultException | TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<String> region(TargetConnections connections, URI first) {
    URI address = first;
    try {
      for (int step = 0; step <= MOST_REDIRECTS; step++) {
        HttpURLConnection connection = connections.createConnection(address);
        connection.setInstanceFollowRedirects(false);
        try {
          int status = connection.getResponseCode();
          if (status == HttpURLConnection.HTTP_OK) {
            return StartPage.regionIn(text(connection));
          }
          Optional<URI> next = next(address, connection.getHeaderField("Location"));
          if (next.isEmpty()) {
            return Optional.empty();
          }
          address = next.get();
        } finally {
          connection.disconnect();
        }
        Optional<String> named = StartPage.regionIn(address);
        if (named.isPresent()) {
          return named;
        }
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException _) {
      // The user is asked then.
    }
    return Optional.empty();
  }

  /** Where a redirection leads; never from TLS to plain text. */
  private static Optional<URI> next(URI from, @Nullable String location) {
    return Optional.ofNullable(location)
        .map(from::resolve)
        .filter(to -> "https".equals(to.getScheme()) || "http".equals(from.getScheme()));
  }

  private static String text(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8);
    }
  }
}
