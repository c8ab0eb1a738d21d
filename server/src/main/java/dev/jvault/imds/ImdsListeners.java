package dev.jvault.imds;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.http.LoopbackServer;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All IMDS listeners. Each profile has its own, because no IMDS request names a profile. They are
 * kept over restarts of the daemon, each with its port. Safe for many threads.
 */
public final class ImdsListeners {
  private static final Logger LOG = LoggerFactory.getLogger(ImdsListeners.class);

  private final ImdsServer server;
  private final Grants grants;
  private final ListenerFile file;

  /** The open listeners by the ids of their grants. */
  private final Map<String, ImdsServer.Open> open = new LinkedHashMap<>();

  private boolean released;

  /** Listeners that could not be opened when the daemon started, with the reason. */
  private final Map<ImdsListener, String> missing = new LinkedHashMap<>();

  /**
   * No listeners yet.
   *
   * @param state the folder of {@code imds.json}
   */
  public ImdsListeners(ImdsServer server, Grants grants, Path state) {
    this.server = server;
    this.grants = grants;
    this.file = new ListenerFile(state.resolve("imds.json"));
  }

  /** Opens the listeners of the last daemon whose grants still exist. */
  public synchronized void reopen() {
    for (ImdsListener kept : file.read()) {
      Optional<Grant> grant = grants.find(kept.grant());
      if (grant.isPresent()) {
        reopen(kept, grant.get());
      }
    }
    if (all().stream().anyMatch(ImdsListener::substituted)) {
      write();
    }
  }

  /**
   * Opens, moves or changes the listener of a profile.
   *
   * @param port empty to keep the port, or for any free port
   * @param v1 whether IMDSv1 is on; empty to leave it unchanged
   * @param keep whether the profile is kept ready from now on; false leaves that unchanged
   * @throws JvaultException if the port is not available; nothing has changed then
   */
  public synchronized ImdsListener open(
      String profile,
      CallerEnvironment environment,
      OptionalInt port,
      Optional<Boolean> v1,
      boolean keep) {
    Grant grant = grants.standing(Grant.Kind.IMDS, profile, environment);
    Optional<ImdsListener> known = find(grant.id());
    Optional<ImdsListener> before = kept(grant.id());
    var wanted =
        new ImdsListener(
            grant.id(),
            profile,
            port.orElse(before.map(ImdsListener::wanted).orElse(0)),
            v1.orElse(before.map(ImdsListener::v1).orElse(false)),
            keep || before.map(ImdsListener::kept).orElse(false));
    if (known.isPresent() && known.get().samePort(wanted)) {
      takeBack();
      return remember(grant.id(), wanted);
    }
    try {
      refuseOther(wanted);
      if (known.isPresent() && known.get().port() == wanted.wanted()) {
        close(grant.id());
      }
      ImdsListener opened = put(server.open(wanted, grant));
      write();
      return opened;
    } catch (JvaultException e) {
      if (kept(grant.id()).isEmpty()) {
        var _ = grants.end(one -> one.id().equals(grant.id()));
      }
      throw e;
    }
  }

  /** Gives listeners their own ports back that other programs have left; runs now and then. */
  public synchronized void takeBack() {
    if (released) {
      return;
    }
    for (ImdsServer.Open one : List.copyOf(open.values())) {
      if (one.listener().substituted()) {
        server.takeBack(one).ifPresent(back -> open.put(back.listener().grant(), back));
      }
    }
  }

  /** Leaves the file to another process. Open listeners stay open, and nothing is written. */
  public synchronized void release() {
    released = true;
  }

  /** The open listeners, the oldest first. */
  public synchronized Collection<ImdsListener> all() {
    return open.values().stream().map(ImdsServer.Open::listener).toList();
  }

  /** Whether a listener answers on a port. */
  public synchronized boolean answersOn(int port) {
    return open.values().stream().anyMatch(one -> one.answersOn(port));
  }

  /** All listeners that a restart brings back, whether they are open or not. */
  public synchronized List<ImdsListener> remembered() {
    return Stream.concat(
            open.values().stream().map(ImdsServer.Open::listener), missing.keySet().stream())
        .toList();
  }

  /** Why some listeners are not open, or not on their own port, one sentence each. */
  public synchronized List<String> troubles() {
    return Stream.of(
            file.trouble().stream(),
            missing.values().stream(),
            all().stream().filter(ImdsListener::substituted).map(ImdsListeners::substituted))
        .flatMap(Function.identity())
        .toList();
  }

  private static String substituted(ImdsListener listener) {
    return "%s, so profile %s has IMDS port %d and remembers it; once port %d is free, jvault answers on both."
        .formatted(
            LoopbackServer.portHolder(listener.wanted())
                .map(other -> "Port %d is taken by %s".formatted(listener.wanted(), other))
                .orElseGet(() -> "Port %d was taken".formatted(listener.wanted())),
            listener.profile(),
            listener.port(),
            listener.wanted());
  }

  /** Closes and forgets the listeners whose grants have ended. */
  public synchronized void closeRevoked() {
    List<String> revoked =
        Stream.concat(open.keySet().stream(), missing.keySet().stream().map(ImdsListener::grant))
            .filter(id -> grants.find(id).isEmpty())
            .toList();
    if (!revoked.isEmpty()) {
      revoked.forEach(this::close);
      missing.keySet().removeIf(listener -> revoked.contains(listener.grant()));
      write();
    }
  }

  /** Reads the key of a listener again, after others may have read the old one. */
  public synchronized void renewKey(Grant grant) {
    ImdsServer.Open renewed = open.get(grant.id());
    if (renewed != null) {
      server.renewKey(renewed, grant);
    }
  }

  /** Keeps what has changed of an open listener without a change of its sockets. */
  private ImdsListener remember(String grant, ImdsListener wanted) {
    ImdsServer.Open known = Objects.requireNonNull(open.get(grant));
    ImdsListener latest = known.listener().changed(wanted.v1(), wanted.kept());
    if (!known.listener().equals(latest)) {
      open.put(grant, known.with(latest));
      write();
    }
    return latest;
  }

  /** The listener of a grant, whether it is open or not. */
  private Optional<ImdsListener> kept(String grant) {
    return find(grant)
        .or(() -> missing.keySet().stream().filter(one -> one.grant().equals(grant)).findFirst());
  }

  private void write() {
    if (released) {
      return;
    }
    file.write(remembered());
  }

  private Optional<ImdsListener> find(String grant) {
    return Optional.ofNullable(open.get(grant)).map(ImdsServer.Open::listener);
  }

  private void refuseOther(ImdsListener wanted) {
    if (server.isOfTheEndpoint(wanted.wanted())) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "Port %d is jvault's own, for container credentials; choose another for %s."
              .formatted(wanted.wanted(), wanted.profile()));
    }
    open.values().stream()
        .filter(other ->
            other.answersOn(wanted.wanted()) || other.listener().wanted() == wanted.wanted())
        .map(ImdsServer.Open::listener)
        .filter(other -> !other.grant().equals(wanted.grant()))
        .findFirst()
        .ifPresent(other -> {
          throw new JvaultException(
              ExitCode.DAEMON,
              "Port %d is the IMDS port of profile %s already; choose another for %s."
                  .formatted(wanted.wanted(), other.profile(), wanted.profile()));
        });
  }

  private void reopen(ImdsListener kept, Grant grant) {
    try {
      ImdsListener _ = put(server.reopen(kept, grant));
    } catch (JvaultException e) {
      LOG.warn("event=imds_not_open grant={} reason=\"{}\"", kept.grant(), e.logged());
      missing.put(kept, e.sentence());
    }
  }

  /** The new socket is open before the old one is closed, so that a failure changes nothing. */
  private ImdsListener put(ImdsServer.Open opened) {
    String grant = opened.listener().grant();
    close(grant);
    open.put(grant, opened);
    missing.keySet().removeIf(other -> other.grant().equals(grant));
    return opened.listener();
  }

  private void close(String grant) {
    ImdsServer.Open closing = open.remove(grant);
    if (closing != null) {
      closing.close();
    }
  }
}
