package dev.jvault.lifecycle;

import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which TCP ports the endpoint has: the wanted one, and a substitute if another program has had the
 * wanted one. Both are kept over restarts, because programs are told either. The wanted port is
 * taken back as soon as it is free; the substitute goes on answering until no program has used it
 * for 30 days. Knows no socket. Safe for many threads.
 */
public final class EndpointPorts {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointPorts.class);

  /** How long a substitute answers that no program uses. */
  public static final int DAYS_UNUSED = 30;

  private static final int ANY = 0;
  private static final int STEP = 10;
  private static final int NEIGHBOURS = 20;

  /** Above it, Linux gives ports to outgoing connections, so that they do not stay free. */
  private static final int LAST_STABLE = 32_767;

  private final RememberedPort remembered;
  private final SubstituteFile file;
  private final InstantSource clock;
  private Optional<SubstituteFile.Substitute> substitute;
  private boolean kept = true;
  private volatile boolean chosen;
  private volatile int wanted;
  private volatile int used;
  private volatile Instant lastUse = Instant.MIN;

  /** The ports that are kept in this folder. */
  public EndpointPorts(Path state, InstantSource clock) {
    this.remembered = new RememberedPort(state);
    this.file = new SubstituteFile(state.resolve("port-substitute"));
    this.clock = clock;
    this.substitute = file.read();
    this.wanted = remembered.preferred();
  }

  /** The port that the endpoint should have. */
  public int wanted() {
    return wanted;
  }

  /** The port that the endpoint has, and that jvault names to programs now. */
  public int used() {
    return used;
  }

  /** The substitute, if the wanted port is in use and programs may know another. */
  public synchronized OptionalInt beside() {
    LocalDate eldest = today().minusDays(DAYS_UNUSED);
    return substitute
        .filter(known -> known.port() != used && known.lastUse().isAfter(eldest))
        .map(known -> OptionalInt.of(known.port()))
        .orElse(OptionalInt.empty());
  }

  /** Whether the next daemon has the same port, too. */
  public synchronized boolean lasting() {
    return kept;
  }

  /** A sentence for the user if a file was damaged. */
  public List<String> troubles() {
    Optional<String> damage = chosen ? Optional.empty() : remembered.trouble();
    return Stream.of(damage, file.trouble()).flatMap(Optional::stream).toList();
  }

  /** The ports to try in turn while the wanted one is taken; the last one is any free one. */
  public synchronized List<Integer> others() {
    var others = new ArrayList<Integer>();
    substitute.map(SubstituteFile.Substitute::port).ifPresent(others::add);
    IntStream.rangeClosed(1, NEIGHBOURS)
        .map(number -> wanted + number * STEP)
        .filter(port -> port <= LAST_STABLE && !others.contains(port))
        .forEach(others::add);
    others.add(ANY);
    return others;
  }

  /** The user, or the system that starts the daemon, has chosen this port. Not kept yet. */
  public void want(int port) {
    chosen = true;
    wanted = port;
  }

  /**
   * The endpoint has the port that was chosen, which is kept from now on.
   *
   * @throws JvaultException if it cannot be kept
   */
  public synchronized void chosen(int port) {
    want(port);
    remembered.remember(port);
    used = port;
  }

  /** The endpoint has this port now. One that is not the wanted one becomes the substitute. */
  public synchronized void opened(int port) {
    used = port;
    if (port != wanted) {
      substitute = Optional.of(new SubstituteFile.Substitute(port, today()));
      write();
    }
  }

  /** The endpoint has the wanted port back. The substitute counts as used today. */
  public synchronized void back() {
    substitute = substitute.map(known -> new SubstituteFile.Substitute(known.port(), today()));
    used = wanted;
    write();
  }

  /** A program has presented its token on the substitute. Takes no lock and uses no disk. */
  public void substituteUsed() {
    Instant now = clock.instant();
    if (now.getEpochSecond() != lastUse.getEpochSecond()) {
      lastUse = now;
    }
  }

  /** Writes the day of the substitute's last use if it has changed. */
  public synchronized void save() {
    Instant latest = lastUse;
    if (latest.equals(Instant.MIN)) {
      return;
    }
    LocalDate day = LocalDate.ofInstant(latest, ZoneOffset.UTC);
    if (substitute.filter(known -> known.lastUse().isBefore(day)).isPresent()) {
      substitute = substitute.map(known -> new SubstituteFile.Substitute(known.port(), day));
      write();
    }
  }

  private void write() {
    try {
      substitute.ifPresent(file::write);
      kept = true;
    } catch (JvaultException e) {
      kept = false;
      LOG.warn("event=port_not_kept reason=\"{}\"", e.logged());
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
