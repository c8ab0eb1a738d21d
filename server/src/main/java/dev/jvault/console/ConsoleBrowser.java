package dev.jvault.console;

import dev.jvault.browser.BrowserCommand;
import dev.jvault.browser.BrowserObstacle;
import dev.jvault.browser.ShortAddresses;
import dev.jvault.http.Caller;
import dev.jvault.http.PortTakenException;
import dev.jvault.prompt.Person;
import dev.jvault.protocol.NotifySocket;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens a console in the user's browser. The browser's command line has a short address of this
 * machine, which leads to the console's own address once, because everybody can read command lines.
 * For any number of threads.
 */
public final class ConsoleBrowser {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A sign-in token is good for 15 minutes. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Caller.Lookup callers;
  private final String osName;
  private final boolean ofUnit;
  private final int looks;

  /**
   * A browser of callers on this machine.
   *
   * @param callers looks up who opens the short address
   * @param ofUnit whether this daemon is a unit of systemd, out of whose sandbox a browser is put
   * @param limit how long to wait until the browser opens the page
   */
  ConsoleBrowser(Caller.Lookup callers, String osName, boolean ofUnit, Duration limit) {
    this.callers = callers;
    this.osName = osName;
    this.ofUnit = ofUnit;
    this.looks = Math.toIntExact(limit.dividedBy(LOOK));
  }

  /** A browser of callers on this system, which opens a page within two minutes. */
  public static ConsoleBrowser ofThisSystem(Caller.Lookup callers) {
    return new ConsoleBrowser(
        callers, System.getProperty("os.name", ""), NotifySocket.isSet(System.getenv()), LIMIT);
  }

  /** What became of a page. */
  public enum Result {
    /** The browser has been led to it. */
    OPENED,
    /** No command could be started. */
    NO_BROWSER,
    /** A command was started, and nothing opened the page in time. */
    NOT_OPENED
  }

  /** Why the caller has no browser on this machine; empty if there is one. */
  public Optional<BrowserObstacle> obstacle(Map<String, String> helper) {
    return BrowserCommand.obstacle(helper, osName)
        .filter(why -> why != BrowserObstacle.NO_DISPLAY || template(helper).isEmpty());
  }

  /**
   * Opens a page, and waits until the browser has been led to it, or the caller has gone.
   *
   * @param page the address, which logs in whoever has it
   * @param helper the caller's helper variables
   * @throws dev.jvault.protocol.JvaultException if {@code JVAULT_BROWSER} is no command
   */
  public Result open(Secret page, ConsoleName name, Person person, Map<String, String> helper) {
    Optional<BrowserTemplate> template = template(helper);
    var command = new BrowserCommand(helper, osName, ofUnit);
    try (var addresses = new ShortAddresses(callers)) {
      String once = addresses.once(page.reveal());
      boolean started =
          template.isPresent()
              ? command.run(List.of(template.get().command(once, name)))
              : command.open(once);
      if (!started) {
        return Result.NO_BROWSER;
      }
      if (addresses.opened().isDone()) {
        return Result.OPENED;
      }
      person.tell("If your browser does not open, open this address on this machine:");
      person.tell(addresses.lasting(page.reveal()));
      return opened(addresses.opened(), person) ? Result.OPENED : Result.NOT_OPENED;
    } catch (PortTakenException _) {
      return Result.NO_BROWSER;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Result.NOT_OPENED;
    }
  }

  private static Optional<BrowserTemplate> template(Map<String, String> helper) {
    return Optional.ofNullable(helper.get(BrowserTemplate.VARIABLE))
        .filter(line -> !line.isBlank())
        .map(BrowserTemplate::of);
  }

  private boolean opened(CompletableFuture<?> opened, Person person) throws InterruptedException {
    for (int look = 0; look < looks && person.waits(); look++) {
      try {
        opened.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException _) {
        // The caller may have gone.
      } catch (ExecutionException e) {
        throw new IllegalStateException("nothing fails it", e);
      }
    }
    return false;
  }
}
