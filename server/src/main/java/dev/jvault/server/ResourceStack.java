package dev.jvault.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, closed in reverse order; one that fails does not keep the others open. */
final class ResourceStack {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceStack.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes what is still open; says whether anything was. */
  synchronized boolean close() {
    boolean any = !opened.isEmpty();
    while (!opened.isEmpty()) {
      AutoCloseable next = opened.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.warn("event=close_failed what={}", next.getClass().getSimpleName(), e);
      }
    }
    return any;
  }
}
