package dev.jvault.aws;

import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.ServiceTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.SdkClient;

/** The SDK clients of a service, one for each target. Keeps the most recently used ones. */
final class SdkClients<C extends SdkClient> implements AutoCloseable {
  private static final int MOST = 16;

  private final ForeignFiles files;
  private final BiFunction<ServiceTarget, ServiceEndpoint, C> build;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, C> clients = new LinkedHashMap<>(MOST, 0.75f, true);

  /**
   * No clients yet.
   *
   * @param files look at the targets' CA bundles
   */
  SdkClients(ForeignFiles files, BiFunction<ServiceTarget, ServiceEndpoint, C> build) {
    this.files = files;
    this.build = build;
  }

  /**
   * The client of a target. It is built without the lock, because the target's certificates are
   * read then: a target waits for its own files only.
   */
  C client(ServiceTarget target, ServiceEndpoint endpoint) {
    var key = new Key(target, target.caBundle().flatMap(this::modified));
    return known(key).orElseGet(() -> kept(key, build.apply(target, endpoint)));
  }

  private Optional<C> known(Key key) {
    lock.lock();
    try {
      return Optional.ofNullable(clients.get(key));
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a new client, unless another caller has built one meanwhile. */
  private C kept(Key key, C built) {
    lock.lock();
    try {
      C first = clients.putIfAbsent(key, built);
      if (first != null) {
        built.close();
        return first;
      }
      dropOldest();
      return built;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      clients.values().forEach(SdkClient::close);
      clients.clear();
    } finally {
      lock.unlock();
    }
  }

  /** A call that still uses the client is not disturbed: closing frees no resources of calls. */
  private void dropOldest() {
    if (clients.size() > MOST) {
      var oldest = clients.entrySet().iterator();
      oldest.next().getValue().close();
      oldest.remove();
    }
  }

  private Optional<FileTime> modified(Path bundle) {
    try {
      return Optional.of(files.look(bundle, Files::getLastModifiedTime));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Includes the bundle's modification time, so that a replaced bundle gets a new client. */
  private record Key(ServiceTarget target, Optional<FileTime> bundleModified) {}
}
