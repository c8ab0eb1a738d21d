package dev.jvault.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that has passed what its listener checks. */
public final class Request {
  private final Context context;
  private final Route route;

  Request(Context context, Route route) {
    this.context = context;
    this.route = route;
  }

  /** The path behind the route's prefix, never decoded. */
  public String tail() {
    return context.req().getRequestURI().substring(route.prefix().length());
  }

  /** The id of whoever the gate admitted; empty on a listener without a gate. */
  public String admitted() {
    Object id = context.req().getAttribute(Gate.ADMITTED);
    return id instanceof String text ? text : "";
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
