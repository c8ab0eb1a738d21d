package dev.jvault.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import org.jspecify.annotations.Nullable;

/**
 * The schemes {@code bounded-http} and {@code bounded-https}: connections of which no more than 64
 * KiB are read, like those of {@link BoundedAnswers}. The SDK's providers for the credentials of a
 * container and of an instance open their connections themselves, by a URL, and read each answer to
 * its end; they get URLs of these schemes. The JDK finds this class by {@code META-INF/services}.
 */
public final class BoundedUrls extends URLStreamHandlerProvider {
  private static final String PREFIX = "bounded-";

  /** The same URL with a limit; text that is no HTTP URL stays as it is. */
  static String bounded(String url) {
    return url.startsWith("http:") || url.startsWith("https:") ? PREFIX + url : url;
  }

  @Override
  public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
    return protocol.equals(PREFIX + "http") || protocol.equals(PREFIX + "https")
        ? new Handler()
        : null;
  }

  private static final class Handler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      return openConnection(url, Proxy.NO_PROXY);
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      URL plain = URI.create(url.toString().substring(PREFIX.length())).toURL();
      return new Bounded(url, (HttpURLConnection) plain.openConnection(proxy));
    }
  }

  /** Delegates what the SDK's providers use. */
  private static final class Bounded extends HttpURLConnection {
    private final HttpURLConnection connection;

    Bounded(URL url, HttpURLConnection connection) {
      super(url);
      this.connection = connection;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      try (InputStream body = connection.getInputStream()) {
        return bounded(body);
      }
    }

    @Override
    public @Nullable InputStream getErrorStream() {
      InputStream body = connection.getErrorStream();
      try (body) {
        return body == null ? null : bounded(body);
      } catch (IOException _) {
        return null;
      }
    }

    /** Ends the connection if there is more, because closing it would read some of the rest. */
    private InputStream bounded(InputStream body) throws IOException {
      try {
        return new ByteArrayInputStream(BoundedAnswers.read(body));
      } catch (OversizedAnswerException e) {
        connection.disconnect();
        throw new IOException("an answer is too long", e);
      }
    }

    @Override
    public void connect() throws IOException {
      connection.connect();
      connected = true;
    }

    @Override
    public void disconnect() {
      connection.disconnect();
    }

    @Override
    public boolean usingProxy() {
      return connection.usingProxy();
    }

    @Override
    public int getResponseCode() throws IOException {
      return connection.getResponseCode();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
      return connection.getHeaderField(name);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return connection.getOutputStream();
    }

    @Override
    public void setRequestMethod(String method) throws ProtocolException {
      connection.setRequestMethod(method);
    }

    @Override
    public void setInstanceFollowRedirects(boolean follow) {
      connection.setInstanceFollowRedirects(follow);
    }

    @Override
    public void setDoOutput(boolean output) {
      connection.setDoOutput(output);
    }

    @Override
    public void setConnectTimeout(int millis) {
      connection.setConnectTimeout(millis);
    }

    @Override
    public void setReadTimeout(int millis) {
      connection.setReadTimeout(millis);
    }

    @Override
    public void setRequestProperty(String name, String value) {
      connection.setRequestProperty(name, value);
    }

    @Override
    public void addRequestProperty(String name, String value) {
      connection.addRequestProperty(name, value);
    }
  }
}
