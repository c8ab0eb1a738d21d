package dev.jvault.aws;

import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Puts requests below the path of an endpoint of the profile's own, before they are signed: the
 * SDK's rules for endpoints keep scheme, host and port of it only.
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
    String asked = request.encodedPath();
    return asked.equals(path) || asked.startsWith(path + "/")
        ? request
        : request.toBuilder().encodedPath(path + asked).build();
  }
}
