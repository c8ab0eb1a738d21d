package dev.jvault.aws;

import java.util.concurrent.Callable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Tells a caller of the SDK the moment in which the body of a request goes on the wire: the
 * connection stands, and with TLS the server is trusted. A call that never reaches it has sent
 * nothing.
 */
final class Transmission {
  private static final ScopedValue<Runnable> SENDING = ScopedValue.newInstance();

  private Transmission() {}

  /** Makes a call on this thread, and runs the task each time a body of it is sent. */
  static <T> T observed(Runnable sending, Callable<T> call) throws Exception {
    return ScopedValue.where(SENDING, sending).call(call::call);
  }

  /** A client whose requests tell the caller. */
  static SdkHttpClient telling(SdkHttpClient client) {
    return new TellingClient(client);
  }

  /**
   * Goes by the moment in which the client opens the body to copy it. The signature has read the
   * body before the client gets it.
   */
  private record TellingClient(SdkHttpClient client) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return client.prepareRequest(SENDING.isBound() ? told(request, SENDING.get()) : request);
    }

    private static HttpExecuteRequest told(HttpExecuteRequest request, Runnable sending) {
      var told = HttpExecuteRequest.builder().request(request.httpRequest());
      request
          .contentStreamProvider()
          .ifPresent(body ->
              told.contentStreamProvider(() -> {
                sending.run();
                return body.newStream();
              }));
      request.metricCollector().ifPresent(told::metricCollector);
      return told.build();
    }

    @Override
    public String clientName() {
      return client.clientName();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
