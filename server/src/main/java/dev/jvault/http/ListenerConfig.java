package dev.jvault.http;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a listener serves, and to whom.
 *
 * @param routes the routes that it serves
 * @param hosts the {@code Host} names, besides loopback's own, that clients may use
 * @param authenticator identifies the owner of a token
 * @param allowsForwarders whether programs that forward connections of others may pass; only safe
 *     if every route needs a token that such a program does not have
 * @param errors renders a refusal; the text must be constant for each problem
 */
public record ListenerConfig(
    List<Route> routes,
    Set<String> hosts,
    TokenAuthenticator authenticator,
    boolean allowsForwarders,
    Function<Problem, HttpResponse> errors) {
  /** Copies the collections. */
  public ListenerConfig {
    routes = List.copyOf(routes);
    hosts = Set.copyOf(hosts);
  }

  /** The same with another authenticator. */
  public ListenerConfig with(TokenAuthenticator other) {
    return new ListenerConfig(routes, hosts, other, allowsForwarders, errors);
  }
}
