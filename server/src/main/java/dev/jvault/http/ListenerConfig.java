package dev.jvault.http;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a listener shows to its clients, and to whom.
 *
 * @param routes all that can be asked
 * @param hosts the {@code Host} names, besides loopback's own, by which clients reach it
 * @param authenticator whose token is whose
 * @param allowsForwarders whether a program that forwards connections of others may ask: only where
 *     every route wants a token that such a program does not have
 * @param errors how a refusal is told; its text is constant for each problem
 */
public record ListenerConfig(
    List<Route> routes,
    Set<String> hosts,
    TokenAuthenticator authenticator,
    boolean allowsForwarders,
    Function<Problem, HttpResponse> errors) {
  /** Copies. */
  public ListenerConfig {
    routes = List.copyOf(routes);
    hosts = Set.copyOf(hosts);
  }
}
