package dev.jvault.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener with its routes: on loopback TCP behind the {@link Gate}, or on an owner-only Unix
 * socket. Handlers run on virtual threads. Closing it lets requests under way finish.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** More are left in the kernel's queue: no number of idle strangers can exhaust the daemon. */
  private static final int MOST_CONNECTIONS = 512;

  private static final int HEADER_BYTES = 8 * 1024;
  private static final long IDLE_MILLIS = 60_000;
  private static final long FORM_BYTES = 256 * 1024;

  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Listens on 127.0.0.1.
   *
   * @param port 0 for any free port
   * @throws UncheckedIOException if the port is taken
   */
  public static HttpServer onLoopback(
      int port, List<Route> routes, CallerCheck callerCheck, Admission admission) {
    return start(
        routes,
        new Gate(routes, callerCheck, admission),
        (server, http) -> {
          var connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
          connector.setHost("127.0.0.1");
          connector.setPort(port);
          connector.setIdleTimeout(IDLE_MILLIS);
          connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
          return connector;
        });
  }

  /**
   * Listens on a Unix domain socket, whose folder is the owner's alone.
   *
   * @param socket must not exist
   */
  public static HttpServer onUnixSocket(Path socket, List<Route> routes) {
    return start(
        routes,
        new OwnerOnly(owner(socket)),
        (server, http) -> {
          var connector =
              new UnixDomainServerConnector(server, 0, 1, new HttpConnectionFactory(http));
          connector.setUnixDomainPath(socket);
          // A conversation waits for a person longer than any transport should wait for a byte.
          connector.setIdleTimeout(0);
          return connector;
        });
  }

  /** The TCP port that is listened on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static UserPrincipal owner(Path socket) {
    try {
      return Files.getOwner(socket.resolveSibling("."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Listener {
    org.eclipse.jetty.server.Connector on(Server server, HttpConfiguration http);
  }

  private static HttpServer start(List<Route> routes, Handler.Wrapper guard, Listener listener) {
    Javalin javalin =
        Javalin.create(config -> {
          quiet(config);
          config.http.maxRequestSize = FORM_BYTES;
          config.jetty.threadPool = threads();
          config.jetty.modifyHttpConfiguration(HttpServer::strict);
          config.jetty.addConnector(listener::on);
          config.jetty.modifyServer(server -> {
            server.setHandler(guard);
            server.setErrorHandler(new ConstantErrors());
            server.setStopTimeout(2_000);
          });
          routes.forEach(route -> add(config, route));
          config.routes.exception(Exception.class, (fault, context) -> fail(context, fault));
        });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw new UncheckedIOException(new IOException("cannot listen", e));
    }
    return new HttpServer(javalin);
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
  }

  private static void strict(HttpConfiguration http) {
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(true);
  }

  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(8, 2);
    pool.setName("http");
    pool.setReservedThreads(0);
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    return pool;
  }

  private static void add(JavalinConfig config, Route route) {
    config.routes.addHttpHandler(
        HandlerType.findOrCreate(route.method()),
        route.prefix() + "<tail>",
        context -> write(context, route.handler().handle(new Request(context, route))));
  }

  private static void fail(Context context, Exception fault) {
    LOG.error("event=request_failed path={}", context.path(), fault);
    try {
      write(context, Problem.FAULT.answer());
    } catch (IOException e) {
      LOG.debug("event=client_gone path={}", context.path());
    }
  }

  /** Written by hand: Javalin would add a charset to the content type. */
  private static void write(Context context, Answer answer) throws IOException {
    var response = context.res();
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentLength(answer.body().length);
    try (var out = response.getOutputStream()) {
      out.write(answer.body());
    }
  }
}
