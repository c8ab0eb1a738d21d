package dev.jvault.lifecycle;

import dev.jvault.protocol.JvaultException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where clients find this daemon: its lock in the vault's folder, and its control socket. Whatever
 * is deleted is made again, so that the daemon goes on with the same port and grants; only a daemon
 * whose vault's folder is gone has lost its place. Safe for many threads.
 */
public final class DaemonPlace {
  private static final Logger LOG = LoggerFactory.getLogger(DaemonPlace.class);

  /** What a check finds. */
  public enum Finding {
    /** Everything is there. */
    KEPT,
    /** Something was gone, and has been made again. */
    MADE_AGAIN,
    /** The vault's folder is gone, or another daemon has it. */
    LOST
  }

  /** The control socket. */
  public interface Entrance {
    /** Whether clients find it. */
    boolean present();

    /**
     * Makes it, and its folder.
     *
     * @throws JvaultException if that is impossible
     */
    void open();
  }

  private final SingleInstance lock;
  private final Entrance entrance;
  private boolean givenUp;

  /** The place of a daemon that has the lock and listens on its control socket. */
  public DaemonPlace(SingleInstance lock, Entrance entrance) {
    this.lock = lock;
    this.entrance = entrance;
  }

  /** Checks everything, and makes again what is gone. */
  public synchronized Finding check() {
    if (givenUp) {
      return Finding.KEPT;
    }
    if (!lock.keep()) {
      LOG.warn("event=vault_folder_lost");
      return Finding.LOST;
    }
    if (entrance.present()) {
      return Finding.KEPT;
    }
    try {
      entrance.open();
      LOG.warn("event=control_socket_made_again");
      return Finding.MADE_AGAIN;
    } catch (JvaultException e) {
      // The next check tries again.
      LOG.warn("event=control_socket_not_made reason=\"{}\"", e.logged());
      return Finding.KEPT;
    }
  }

  /** Stops making anything, because the place is another daemon's or this one is ending. */
  public synchronized void giveUp() {
    givenUp = true;
  }
}
