package dev.jvault.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An HTTP client that reads each body itself, and no more than 64 KiB of it, before the SDK parses
 * anything. The services that jvault asks answer with a few KiB; a server that poses as one of them
 * could send until the memory is full.
 *
 * <p>A longer body, also one that is longer once it is inflated, fails with {@link
 * OversizedAnswerException} as the cause, which the SDK does not retry.
 */
record BoundedAnswers(SdkHttpClient client) implements SdkHttpClient {
  /** In bytes. */
  static final int LONGEST = 64 << 10;

  private static final String ENCODING = "Content-Encoding";
  private static final String GZIP = "gzip";

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new BoundedRequest(client.prepareRequest(request));
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * The whole body.
   *
   * @throws OversizedAnswerException if it is longer than the limit
   */
  static byte[] read(InputStream body) throws IOException {
    byte[] content = body.readNBytes(LONGEST + 1);
    if (content.length > LONGEST) {
      throw new OversizedAnswerException();
    }
    return content;
  }

  private record BoundedRequest(ExecutableHttpRequest request) implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      HttpExecuteResponse response = request.call();
      AbortableInputStream body = response.responseBody().orElse(null);
      if (body == null) {
        return response;
      }
      boolean gzip =
          response.httpResponse().firstMatchingHeader(ENCODING).filter(GZIP::equals).isPresent();
      byte[] content = whole(body, gzip);
      // Otherwise the SDK would inflate it, without a limit.
      SdkHttpResponse head = response.httpResponse().toBuilder().removeHeader(ENCODING).build();
      return HttpExecuteResponse.builder()
          .response(head)
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(content)))
          .build();
    }

    /** Aborts a body that is too long, because closing it would read some of the rest. */
    private static byte[] whole(AbortableInputStream body, boolean gzip) throws IOException {
      try (body) {
        return read(gzip ? new GZIPInputStream(body) : body);
      } catch (OversizedAnswerException e) {
        body.abort();
        throw SdkClientException.create("an answer is too long", e);
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }
}
