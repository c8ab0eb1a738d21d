package dev.jvault.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Headless Chromium that resolves one name, to this machine, and no other. */
final class Browser implements AutoCloseable {
  /** A name of another party that resolves to 127.0.0.1. */
  static final String REBOUND = "rebound.example";

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Process process;

  /** Opens a page. */
  Browser(Jvault jvault, String url) {
    this(jvault, List.of(url));
  }

  private Browser(Jvault jvault, List<String> last) {
    var words = new ArrayList<>(List.of("timeout", "-k1", Long.toString(LONGEST.toSeconds())));
    words.addAll(List.of("chromium", "--headless", "--no-sandbox", "--disable-gpu"));
    words.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
    words.addAll(
        List.of("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"));
    words.add("--disable-popup-blocking");
    words.add(
        "--host-resolver-rules=MAP "
            + REBOUND
            + " 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE ::1");
    try {
      words.add("--user-data-dir=" + Files.createTempDirectory(jvault.home(), "browser"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    words.addAll(last);
    process = jvault.startCommand(Map.of("TMPDIR", jvault.home().toString()), words);
  }

  /** The document at an address, after its scripts have run. */
  static String document(Jvault jvault, String url) {
    try (var browser = new Browser(jvault, List.of("--dump-dom", url))) {
      return jvault.finish(browser.process, url).ok();
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }
}
