package dev.jvault.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long tests wait for what must happen: longer than the busiest machine needs, so that only a
 * fault reaches the limit. As a listener, it makes that Awaitility's default.
 */
public final class Patience implements LauncherSessionListener {
  /** The longest wait. */
  public static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(LIMIT);
  }
}
