package dev.jvault.server;

import dev.jvault.demo.Demo;
import dev.jvault.files.RotatingFile;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;

/**
 * The daemon's process, or the demonstration's ({@code --demo}). On standard output it says one
 * line, {@code ready} or {@code error STATUS CODE SENTENCE}, and then closes it; standard error is
 * the log file.
 */
final class Main {
  private static final int OLD_LOGS = 1;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      if (arguments.length > 0 && arguments[0].equals("--demo")) {
        demonstrate();
      } else {
        run(ServerArguments.parse(arguments, System.getenv(), System.getProperties()));
      }
    } catch (JvaultException e) {
      say("error " + e.exitCode().status() + " " + e.errorCode().text() + " " + e.sentence());
      System.exit(e.exitCode().status());
    }
    System.exit(ExitCode.OK.status());
  }

  private static void run(ServerConfig config) throws InterruptedException {
    logTo(config);
    try (Jvault jvault = start(config)) {
      var hook = Thread.ofPlatform().name("signal").unstarted(jvault::close);
      Runtime.getRuntime().addShutdownHook(hook);
      say("ready");
      openAllJars();
      jvault.await();
    }
  }

  /** So that an upgrade over this installation cannot mix its classes with ours later on. */
  private static void openAllJars() {
    var _ = ClassLoader.getSystemClassLoader().getResource("in/no/jar");
  }

  private static Jvault start(ServerConfig config) {
    try {
      return Jvault.start(config, InstantSource.system());
    } catch (JvaultException e) {
      throw e;
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Main.class).error("event=start_failed", e);
      throw new JvaultException(
          ExitCode.FAULT, "The jvault daemon cannot start; `jvault log` has the reason.", e);
    }
  }

  private static void demonstrate() throws InterruptedException {
    try {
      Demo.run(System.getProperty("jvault.launcher", "jvault"));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.FAULT, "The demonstration cannot run here: " + e.getMessage() + ".", e);
    }
  }

  /** Before the first logger is made: slf4j-simple writes to what standard error is then. */
  private static void logTo(ServerConfig config) {
    try {
      System.setErr(
          new PrintStream(
              new RotatingFile(config.files().log(), OLD_LOGS), true, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.FAULT,
          "The log " + config.files().log() + " cannot be written: " + e.getMessage(),
          e);
    }
  }

  /** Whoever started the daemon reads to the end of this stream. */
  private static void say(String line) {
    System.out.println(line.replace('\n', ' '));
    System.out.close();
  }
}
