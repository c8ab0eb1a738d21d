package dev.jvault.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real terminal with a shell in it, provided by tmux. */
final class Tmux implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Jvault jvault;
  private final String socket;

  Tmux(Jvault jvault) {
    this(jvault, "tmux");
  }

  /** One of several terminals of the same user. */
  Tmux(Jvault jvault, String name) {
    this(jvault, name, List.of("env", "PS1=ready> ", "bash", "--norc"));
    sees("ready>");
  }

  /** A terminal with another shell, whose prompt nobody has waited for. */
  Tmux(Jvault jvault, String name, List<String> shell) {
    this.jvault = jvault;
    this.socket = jvault.home().resolve(name).toString();
    var words = new ArrayList<>(List.of("new-session", "-d", "-x", "150", "-y", "40"));
    words.addAll(shell);
    run(words.toArray(String[]::new));
  }

  /** Types a line and Enter. */
  Tmux type(String line) {
    run("send-keys", "-l", line);
    return press("Enter");
  }

  /** Types a text without Enter. */
  Tmux write(String text) {
    run("send-keys", "-l", "--", text);
    return this;
  }

  Tmux press(String key) {
    run("send-keys", key);
    return this;
  }

  /** Waits until a text is on the screen. */
  Tmux sees(String text) {
    await().atMost(LONGEST).alias(text).until(this::screen, screen -> screen.contains(text));
    return this;
  }

  Tmux clear() {
    type("clear");
    await().atMost(LONGEST).until(this::screen, screen -> screen.strip().equals("ready>"));
    return this;
  }

  /** The text on the screen and in the scroll-back buffer. */
  String screen() {
    return run("capture-pane", "-p", "-J", "-S", "-500");
  }

  /** Closes the terminal, even if a program in it still runs. */
  @Override
  public void close() {
    Process _ = start("kill-server");
  }

  private String run(String... words) {
    return jvault.finish(start(words), String.join(" ", words)).ok();
  }

  private Process start(String... words) {
    var command = new ArrayList<>(List.of("tmux", "-u", "-S", socket, "-f", "/dev/null"));
    command.addAll(List.of(words));
    return jvault.startCommand(Map.of("TERM", "xterm"), command);
  }
}
