package dev.jvault.lifecycle;

import dev.jvault.protocol.Installation;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the daemon of another version take over once its files are there and nothing is under way.
 * Safe for many threads.
 */
public final class Upgrade {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

  /** What a handover waits for. */
  public enum Wait {
    /** A moment without a command or a question. */
    QUIET("this daemon hands over to it as soon as no command or question is open"),
    /** The rest of its files. */
    FILES("this daemon hands over to it when all its files are there"),
    /** The user, because the next daemon could not open the vault by itself. */
    VAULT("run `jvault restart` to use it, because the vault opens for it by your hand only"),
    /** Whoever started this daemon in the foreground. */
    FOREGROUND("run `jvault restart` to use it, because this daemon runs in the foreground"),
    /** The user, because its daemon did not start. */
    FAILED("its daemon did not start (`jvault log` has the reason); `jvault restart` tries again");

    private final String sentence;

    Wait(String sentence) {
      this.sentence = sentence;
    }

    /** What happens next, for the user; without a full stop. */
    public String sentence() {
      return sentence;
    }
  }

  /** What decides about the moment. */
  public interface Conditions {
    /** Whether no command runs and no question is open. */
    boolean quiet();

    /** Whether the next daemon opens the vault without the user, or has no need to. */
    boolean opensAgain();

    /** Whether another program waits for the end of this daemon, and would miss its successor. */
    boolean foreground();
  }

  /**
   * An upgrade that has not happened yet.
   *
   * @param version the other version
   * @param until what it waits for
   */
  public record Pending(String version, Wait until) {}

  private final Installation own;
  private final InstantSource clock;
  private final Conditions conditions;
  private final Predicate<OtherVersion> handOver;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile String failed;

  /**
   * An upgrade from this installation.
   *
   * @param failed a version that has not started before, or an empty string
   * @param handOver hands over to a version; false if its program does not run. May block.
   */
  public Upgrade(
      Installation own,
      InstantSource clock,
      Conditions conditions,
      String failed,
      Predicate<OtherVersion> handOver) {
    this.own = own;
    this.clock = clock;
    this.conditions = conditions;
    this.failed = failed;
    this.handOver = handOver;
  }

  /** The upgrade that waits; empty if new commands run our own version. */
  public Optional<Pending> pending() {
    return other().map(other -> new Pending(other.version(), wait(other)));
  }

  /** Hands over in the background if nothing stands against it. To be called again and again. */
  public void check() {
    Optional<OtherVersion> other = other();
    if (other.isEmpty()
        || wait(other.get()) != Wait.QUIET
        || !conditions.quiet()
        || !underWay.compareAndSet(false, true)) {
      return;
    }
    Thread.ofVirtual().name("upgrade").start(() -> handOver(other.get()));
  }

  private void handOver(OtherVersion other) {
    try {
      LOG.info("event=upgrade version={}", other.version());
      if (!handOver.test(other)) {
        failed = other.version();
      }
    } catch (RuntimeException e) {
      failed = other.version();
      LOG.error("event=upgrade_failed version={}", other.version(), e);
    } finally {
      underWay.set(false);
    }
  }

  private Optional<OtherVersion> other() {
    return OtherVersion.beside(own, clock.instant());
  }

  private Wait wait(OtherVersion other) {
    if (!other.complete()) {
      return Wait.FILES;
    }
    if (other.version().equals(failed)) {
      return Wait.FAILED;
    }
    if (conditions.foreground()) {
      return Wait.FOREGROUND;
    }
    return conditions.opensAgain() ? Wait.QUIET : Wait.VAULT;
  }
}
