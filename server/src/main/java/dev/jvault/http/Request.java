package dev.jvault.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that has passed the checks of its listener. */
public final class Request {
  /** The request attribute with the {@link Route} that the guard found. */
  static final String ROUTE = "dev.jvault.route";

  /** The request attribute with the id that the {@link TokenAuthenticator} returned. */
  static final String PRINCIPAL = "dev.jvault.principal";

  /** The request attribute with the {@link Caller}. */
  static final String CALLER = "dev.jvault.caller";

  private final Context context;
  private final Route route;

  Request(Context context, Route route) {
    this.context = context;
    this.route = route;
  }

  /** The path, never decoded. */
  public String path() {
    return context.req().getRequestURI();
  }

  /** The path after the route's prefix, never decoded. */
  public String tail() {
    return path().substring(route.prefix().length());
  }

  /** What follows the path's question mark, never decoded; empty if nothing does. */
  public String query() {
    String query = context.req().getQueryString();
    return query == null ? "" : query;
  }

  /** The requested host in lower case, without its port. */
  public String host() {
    return header("Host").map(AllowedHosts::name).orElse("");
  }

  /** The id of the token's owner; empty on a listener without a gate. */
  public String principal() {
    return context.req().getAttribute(PRINCIPAL) instanceof String id ? id : "";
  }

  /** The process that sent the request; only on a listener with a gate. */
  public Optional<Caller> caller() {
    return context.req().getAttribute(CALLER) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  /** The value of a header; the case of its name does not matter. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  /** The fields of a form body. The values of a repeated field are joined by newlines, in order. */
  public Map<String, String> form() {
    var fields = new LinkedHashMap<String, String>();
    for (Map.Entry<String, List<String>> field : context.formParamMap().entrySet()) {
      fields.put(field.getKey(), String.join("\n", field.getValue()));
    }
    return fields;
  }

  /** The body as text. */
  public String body() {
    return context.body();
  }
}
