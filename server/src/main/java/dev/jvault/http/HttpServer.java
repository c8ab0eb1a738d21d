package dev.jvault.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Javalin behind a guard. The guard finds the route of a request and refuses what may not pass;
 * Javalin runs the route on a virtual thread. Closing the server lets requests in progress finish.
 */
final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** No SDK sends headers of more than a kilobyte. */
  static final int HEADER_BYTES = 8 * 1024;

  /** A caller's variables may be large, but not larger than the kernel lets an environment be. */
  private static final long FORM_BYTES = 6 * 1024 * 1024;

  /** Each selector keeps a thread for its life; the pool makes only as many as it needs. */
  private static final int MOST_THREADS = 512;

  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /** Makes the first connector. */
  @FunctionalInterface
  interface Listening {
    Connector on(Server server, HttpConfiguration http);
  }

  /**
   * Starts a server.
   *
   * @param headerBytes how long the headers of a request may be, in bytes
   * @throws PortTakenException if the first listener cannot listen
   */
  static HttpServer start(
      Handler.Wrapper guard, ConstantErrors errors, int headerBytes, Listening first) {
    Javalin javalin =
        Javalin.create(config -> {
          quiet(config);
          config.http.maxRequestSize = FORM_BYTES;
          config.jetty.threadPool = threads();
          config.jetty.modifyHttpConfiguration(http -> strict(http, headerBytes));
          config.jetty.addConnector(first::on);
          config.jetty.modifyServer(server -> {
            // It wakes up every second, and Javalin adds it for nothing: no limit is set on it.
            server.getBeans(LowResourceMonitor.class).forEach(server::removeBean);
            server.setHandler(guard);
            server.setErrorHandler(errors);
            server.setStopTimeout(900);
          });
          for (String method : List.of("GET", "HEAD", "PUT", "POST", "DELETE")) {
            HandlerType type = HandlerType.findOrCreate(method);
            config.routes.addHttpHandler(type, "/", HttpServer::run);
            config.routes.addHttpHandler(type, "/<path>", HttpServer::run);
          }
          config.routes.exception(Exception.class, (fault, context) -> fail(context, fault));
        });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw new PortTakenException(e);
    }
    return new HttpServer(javalin);
  }

  Server jetty() {
    return javalin.jettyServer().server();
  }

  /** Waits for requests in progress for a while, and then cuts their connections. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      LOG.info("event=connections_cut");
    }
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
  }

  private static void strict(HttpConfiguration http, int headerBytes) {
    http.setRequestHeaderSize(headerBytes);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(true);
  }

  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(MOST_THREADS, 2);
    pool.setName("http");
    pool.setReservedThreads(0);
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    return pool;
  }

  /** Runs the route that the guard has found. */
  private static void run(Context context) throws IOException {
    if (!(context.req().getAttribute(Request.ROUTE) instanceof Route route)) {
      throw new IllegalStateException("a request without a route");
    }
    write(context, route.handler().handle(new Request(context, route)));
  }

  private static void fail(Context context, Exception fault) {
    LOG.error("event=request_failed path={}", context.path(), fault);
    try {
      write(context, Problem.FAULT.response());
    } catch (IOException e) {
      LOG.debug("event=client_gone path={}", context.path());
    }
  }

  /** Bypasses Javalin, which would add a charset to the content type. */
  private static void write(Context context, HttpResponse response) throws IOException {
    var servlet = context.res();
    servlet.setStatus(response.status());
    response.headers().forEach(servlet::setHeader);
    servlet.setContentLength(response.body().length);
    try (var out = servlet.getOutputStream()) {
      out.write(response.body());
    }
  }
}
