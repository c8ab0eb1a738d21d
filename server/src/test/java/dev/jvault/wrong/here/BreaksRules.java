package dev.jvault.wrong.here;

import com.exceptionfactory.jagged.RecipientStanza;
import com.github.benmanes.caffeine.cache.Cache;
import com.sun.net.httpserver.HttpServer;
import dev.jvault.wrong.there.IsSeenFromHere;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import software.amazon.awssdk.regions.Region;

/** Breaks every rule, so that a rule that cannot fail is noticed. */
public final class BreaksRules {
  /** Uses libraries that only one package may use. */
  void takes(Context http, Cache<?, ?> session, Region aws, RecipientStanza vault) {}

  /** Listens in other ways than the program's one. */
  void listens(HttpServer server, ServerSocket socket) {}

  /** One half of a cycle. */
  void sees(IsSeenFromHere other) {}

  /** Asks the system for the time and prints it. */
  void tellsTheTime(Logger logger) {
    System.out.println(Instant.now());
  }

  /** Reads whatever a config names. */
  byte[] reads(Path named) throws IOException {
    return Files.readAllBytes(named);
  }

  /** Sleeps instead of waiting for an event. */
  static final class Sleeps {
    void inEveryWay(Object blocker) throws InterruptedException {
      LockSupport.park();
      LockSupport.park(blocker);
      LockSupport.parkNanos(1);
      LockSupport.parkUntil(1);
      TimeUnit.MILLISECONDS.sleep(1);
      Thread.sleep(1);
    }
  }
}
