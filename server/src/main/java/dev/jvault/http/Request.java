package dev.jvault.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that has passed what its listener checks. */
public final class Request {
  /** The request attribute with the {@link Route} that a guard has found. */
  static final String ROUTE = "dev.jvault.route";

  /** The request attribute with the id that {@link TokenAuthenticator} told. */
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

  /** The path behind the route's prefix, never decoded. */
  public String tail() {
    return path().substring(route.prefix().length());
  }

  /** The host that the client asked for, in small letters and without its port. */
  public String host() {
    return header("Host").map(AllowedHosts::name).orElse("");
  }

  /** The id of whoever the gate admitted; empty on a listener without a gate. */
  public String principal() {
    return context.req().getAttribute(PRINCIPAL) instanceof String id ? id : "";
  }

  /** Who asks; only on a listener with a gate. */
  public Optional<Caller> caller() {
    return context.req().getAttribute(CALLER) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  /** A header's value, by any case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  /** The fields of a form body; of a repeated field, all values in order, joined by newlines. */
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
