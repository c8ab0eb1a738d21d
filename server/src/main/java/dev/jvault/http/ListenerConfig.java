package dev.jvault.http;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a listener shows to its clients, and to whom.
 *
 * @param routes all that can be asked
 * @param addresses the {@code Host} names, besides loopback's own, by which clients reach it
 * @param admission whose token is whose
 * @param forwarders whether a program that forwards connections of others may ask: only where every
 *     route wants a token that such a program does not have
 * @param wording how a refusal is told; its text is constant for each problem
 */
public record ListenerConfig(
    List<Route> routes,
    Set<String> addresses,
    TokenAuthenticator admission,
    boolean forwarders,
    Function<Problem, HttpResponse> wording) {
  /** Copies. */
  public ListenerConfig {
    routes = List.copyOf(routes);
    addresses = Set.copyOf(addresses);
  }
}
