package dev.jvault.http;

import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders the errors of the server itself (malformed bytes, faults) with constant texts. Jetty's
 * own log is off, because it quotes what was sent.
 */
final class ConstantErrors extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ConstantErrors.class);

  private final Function<Request, Function<Problem, HttpResponse>> errors;
  private final Runnable malformed;

  /**
   * Renders errors as the listener does that received the request.
   *
   * @param malformed is told of each malformed request
   */
  ConstantErrors(Function<Request, Function<Problem, HttpResponse>> errors, Runnable malformed) {
    this.errors = errors;
    this.malformed = malformed;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (request.getAttribute(ERROR_EXCEPTION) instanceof Throwable fault
        && !(fault instanceof HttpException)) {
      LOG.error("event=request_failed", withoutMessage(fault));
    } else {
      malformed.run();
    }
    HttpResponse error = errors.apply(request).apply(of(status));
    Gate.write(error, response, callback);
    return true;
  }

  /** Keeps the stack trace but drops the message, which may quote the request. */
  private static Throwable withoutMessage(Throwable fault) {
    var shown = new IllegalStateException(fault.getClass().getName());
    shown.setStackTrace(fault.getStackTrace());
    return shown;
  }

  private static Problem of(int status) {
    Problem kind =
        switch (status) {
          case 404 -> Problem.NOT_FOUND;
          case 405 -> Problem.METHOD_NOT_ALLOWED;
          default -> status >= 500 ? Problem.FAULT : Problem.BAD_REQUEST;
        };
    return new Problem(status, kind.code(), kind.message());
  }
}
