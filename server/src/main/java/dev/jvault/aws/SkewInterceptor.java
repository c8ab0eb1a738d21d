package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Measures the clock skew from the {@code Date} header of each answer, errors included, and removes
 * the Lambda trace id from each request.
 */
final class SkewInterceptor implements ExecutionInterceptor {
  private final ClockSkew skew;

  SkewInterceptor(ClockSkew skew) {
    this.skew = skew;
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    context
        .httpResponse()
        .firstMatchingHeader("Date")
        .flatMap(SkewInterceptor::parsed)
        .ifPresent(skew::measured);
  }

  /** The SDK takes the trace id from the daemon's own environment. */
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().toBuilder().removeHeader("X-Amzn-Trace-Id").build();
  }

  private static Optional<Instant> parsed(String date) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
