package dev.jvault.aws;

import dev.jvault.trace.Trace;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Tells the client of the present call about each attempt of each call to AWS: service, operation,
 * host, status, duration and request id. Paths, headers and bodies may have secrets in them and are
 * left out.
 */
final class TraceInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<Integer> ATTEMPT =
      new ExecutionAttribute<>("jvault-attempt");
  private static final ExecutionAttribute<Long> SENT = new ExecutionAttribute<>("jvault-sent");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Integer before = attributes.getAttribute(ATTEMPT);
    int attempt = before == null ? 1 : before + 1;
    attributes.putAttribute(ATTEMPT, attempt);
    attributes.putAttribute(SENT, System.nanoTime());
    Trace.tell(() ->
        "%s: request to %s%s"
            .formatted(
                operation(attributes),
                context.httpRequest().host(),
                attempt == 1 ? "" : ", attempt " + attempt));
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    Trace.tell(() ->
        "%s: HTTP %d after %s%s"
            .formatted(
                operation(attributes),
                context.httpResponse().statusCode(),
                lasted(attributes),
                context
                    .httpResponse()
                    .firstMatchingHeader("x-amzn-RequestId")
                    .filter(id -> REQUEST_ID.matcher(id).matches())
                    .map(id -> ", request id " + id)
                    .orElse(", without a request id")));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Trace.tell(() ->
        "%s: failed after %s with %s"
            .formatted(operation(attributes), lasted(attributes), kind(context.exception())));
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
        + " "
        + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  private static String lasted(ExecutionAttributes attributes) {
    Long sent = attributes.getAttribute(SENT);
    return sent == null ? "no request" : Trace.seconds(System.nanoTime() - sent);
  }

  /** The error's code or type, and never its message, which may quote what was sent. */
  private static String kind(Throwable failure) {
    return failure instanceof AwsServiceException refused
            && REQUEST_ID.matcher(SsoCalls.code(refused)).matches()
        ? SsoCalls.code(refused)
        : failure.getClass().getSimpleName();
  }
}
