package dev.jvault.server;

import dev.jvault.clock.Clocks;
import dev.jvault.demo.Demo;
import dev.jvault.doctor.CheckRunner;
import dev.jvault.files.BothStreams;
import dev.jvault.files.LineFile;
import dev.jvault.files.LogStream;
import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.HomeOwner;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.OwnUid;
import dev.jvault.protocol.ProcessMemory;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.protocol.TrustedPath;
import dev.jvault.session.SdkTimeouts;
import dev.jvault.systemd.InheritedSockets;
import dev.jvault.systemd.JournalLines;
import dev.jvault.systemd.Notifier;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Runs the daemon, or the demonstration ({@code --demo}), or the checks of {@code doctor} that need
 * no daemon ({@code --doctor}). The daemon prints one line on standard output, {@code ready} or
 * {@code error STATUS CODE SENTENCE}, and then closes it. Standard error is the log file, and the
 * journal if systemd started the daemon.
 */
final class Main {
  private static final int OLD_LOGS = 1;

  /**
   * With what the JVM itself needs to end, a signal ends the process within two seconds. It takes
   * longer if clients are to notice nothing: after a handover, and if systemd keeps the sockets.
   */
  private static final Duration LONGEST_END = Duration.ofMillis(1_500);

  /** The exit status of a process that SIGTERM has ended. */
  private static final int TERMINATED = 143;

  private static final Notifier NOTIFIER = Notifier.of(System.getenv());

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    boolean closed = ProcessMemory.close();
    try {
      if (arguments.length > 0 && arguments[0].equals("--demo")) {
        demonstrate();
      } else if (arguments.length > 0 && arguments[0].equals("--doctor")) {
        System.exit(diagnose(arguments).status());
      } else {
        run(ServerArguments.parse(arguments, System.getenv(), System.getProperties()), closed);
      }
    } catch (JvaultException e) {
      NOTIFIER.status(e.sentence());
      JournalLines.error(System.getenv(), e.sentence());
      print("error " + e.exitCode().status() + " " + e.errorCode().text() + " " + e.sentence());
      System.exit(accepts(arguments, e) ? ExitCode.OK.status() : e.exitCode().status());
    }
    System.exit(ExitCode.OK.status());
  }

  /** A supervisor must not try again and again beside a daemon that a command has started. */
  private static boolean accepts(String[] arguments, JvaultException e) {
    return e.errorCode() == ErrorCode.ALREADY_RUNNING
        && List.of(arguments).contains(ServerArguments.UNLESS_RUNNING);
  }

  private static void run(ServerConfig config, boolean memoryClosed) throws InterruptedException {
    HomeOwner.check(System.getenv(), config.files(), OwnUid.get());
    TrustedPath.check(config.files(), OwnUid.get());
    logTo(config);
    if (!memoryClosed) {
      LoggerFactory.getLogger(Main.class).warn("event=memory_open");
    }
    long pid = ProcessHandle.current().pid();
    Jvault jvault = start(config.with(InheritedSockets.of(config.environment(), pid)));
    var watch = new EndWatch(LONGEST_END, Runtime.getRuntime()::halt);
    var hook = Thread.ofPlatform().name("signal").unstarted(() -> end(jvault, watch, TERMINATED));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      print("ready");
      NOTIFIER.ready(jvault.state());
      openAllFiles();
      jvault.await();
    } finally {
      end(jvault, watch, ExitCode.OK.status());
    }
  }

  private static void end(Jvault jvault, EndWatch watch, int status) {
    jvault.leave();
    watch.begin(status);
    NOTIFIER.stopping("draining: answers the requests that it has accepted");
    jvault.close();
    watch.ended();
  }

  /**
   * Opens every jar and the table of time zones now, so that an upgrade that removes our files
   * takes nothing away from us.
   */
  private static void openAllFiles() {
    var _ = ClassLoader.getSystemClassLoader().getResource("in/no/jar");
    var _ = ZoneId.of("Europe/Paris").getRules();
  }

  private static Jvault start(ServerConfig config) {
    try {
      return Jvault.start(config, SdkTimeouts.OF_THE_SDKS, Clocks.system(), NOTIFIER);
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
          ExitCode.FAULT, "The demonstration cannot run here: " + FileFault.reason(e) + ".", e);
    }
  }

  private static ExitCode diagnose(String[] arguments) {
    Map<String, String> environment = System.getenv();
    String os = System.getProperty("os.name", "");
    RuntimeFiles files = RuntimeFiles.of(environment, os).real();
    PrintStream terminal = System.err;
    System.setErr(new LogStream(new LineFile(files.log(), OLD_LOGS)));
    return new DoctorWithoutDaemon(files, environment, new CheckRunner(), InstantSource.system())
        .run(List.of(arguments), System.out, terminal);
  }

  /**
   * To be called before the first logger is made, because slf4j-simple keeps that stream. A log
   * that cannot be written keeps no daemon from its work; {@code jvault status} says so.
   */
  private static void logTo(ServerConfig config) {
    OutputStream file = new LineFile(config.files().log(), OLD_LOGS);
    System.setErr(
        new LogStream(
            JournalLines.readStandardError(config.environment())
                ? new BothStreams(file, new JournalLines(new FileOutputStream(FileDescriptor.err)))
                : file));
  }

  /** Closes the stream, because the process that started the daemon reads it to its end. */
  private static void print(String line) {
    System.out.println(line.replace('\n', ' '));
    System.out.close();
  }
}
