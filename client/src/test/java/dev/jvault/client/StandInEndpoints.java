package dev.jvault.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Two small servers that stand in for a daemon; the arguments are their ports, then their
 * addresses. Each answers with its name, and refuses container credentials as the daemon does.
 */
final class StandInEndpoints {
  private StandInEndpoints() {}

  public static void main(String[] args) throws IOException {
    List<String> addresses = List.of(args).subList(2, args.length);
    for (String address : addresses) {
      serve(address, Integer.parseInt(args[0]), "imds");
      serve(address, Integer.parseInt(args[1]), "endpoint");
    }
    System.out.println("ready");
  }

  private static void serve(String address, int port, String name) throws IOException {
    var socket = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    HttpServer server = HttpServer.create(socket, 0);
    server.createContext("/", exchange -> answer(exchange, name));
    server.start();
  }

  private static void answer(HttpExchange exchange, String name) throws IOException {
    try (exchange) {
      boolean credentials = exchange.getRequestURI().getPath().equals("/v1/credentials");
      byte[] body = (exchange.getRequestMethod() + " " + name).getBytes(UTF_8);
      exchange.sendResponseHeaders(credentials ? 401 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
