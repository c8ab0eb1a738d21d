package dev.jvault.aws;

import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Prepends the path of the profile's own endpoint to each request before it is signed, because the
 * SDK's endpoint rules keep only the scheme, host and port.
 */
final class EndpointPathInterceptor implements ExecutionInterceptor {
  private final String path;

  private EndpointPathInterceptor(String path) {
    this.path = path;
  }

  static EndpointPathInterceptor of(URI endpoint) {
    return new EndpointPathInterceptor(
        String.valueOf(endpoint.getRawPath()).replaceFirst("/+$", ""));
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    String requested = request.encodedPath();
    return requested.equals(path) || requested.startsWith(path + "/")
        ? request
        : request.toBuilder().encodedPath(path + requested).build();
  }
}
