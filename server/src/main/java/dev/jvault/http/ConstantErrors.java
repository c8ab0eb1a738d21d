package dev.jvault.http;

import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Renders the errors of the server itself (malformed bytes, faults) with constant texts. */
final class ConstantErrors extends ErrorHandler {
  private final Function<Request, Function<Problem, HttpResponse>> errors;

  /** Renders errors as the listener does that received the request. */
  ConstantErrors(Function<Request, Function<Problem, HttpResponse>> errors) {
    this.errors = errors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpResponse error = errors.apply(request).apply(of(response.getStatus()));
    Gate.write(error, response, callback);
    return true;
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
