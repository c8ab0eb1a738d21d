package dev.jvault.service;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Has the daemon started for the user from login on, undoes that, and shows it. */
public final class Service {
  /** How a job ended: the exit status, and a text for standard output. */
  public record Report(int exit, String text) {}

  /** What the daemon is asked for an installation: before anything is written, and at the end. */
  @FunctionalInterface
  public interface FirstRequest {
    /**
     * Asks the daemon what it would serve from then on. Nothing is served by this.
     *
     * @return a line for each profile that is not served yet
     * @throws JvaultException if the daemon refuses one of them
     */
    default String check() {
      return "";
    }

    /**
     * Lets the daemon, which the new installation starts, keep what the user asked for.
     *
     * @return the exit status
     */
    int send();
  }

  private static final String NOTHING_DONE = "Nothing has been installed or changed.";

  /** Failures that are the user's to mend later, so that the installation stays. */
  private static final Set<ExitCode> LATER =
      Set.of(
          ExitCode.VAULT,
          ExitCode.PERSON,
          ExitCode.DENIED,
          ExitCode.UNAVAILABLE,
          ExitCode.INTERRUPTED);

  private final Ways ways;
  private final UserCommands commands;
  private final DaemonControl daemon;

  Service(Ways ways, UserCommands commands, DaemonControl daemon) {
    this.ways = ways;
    this.commands = commands;
    this.daemon = daemon;
  }

  /** For this machine and user. */
  public static Service of(ServiceUser user, DaemonControl daemon) {
    var commands = new ProcessCommands(user);
    return new Service(Ways.of(user, commands, daemon), commands, daemon);
  }

  /**
   * Every file and command of {@link #install}, which is not run, and what would be served.
   *
   * @throws JvaultException if the daemon refuses what the request asks for
   */
  public Report dryRun(boolean atLogin, FirstRequest request) {
    Way way = ways.best();
    Plan _ = installPlan(way, atLogin);
    String served = request.check();
    String changes = installPlan(way, atLogin).rendered() + served;
    String text = changes.isEmpty() ? "Nothing has to change.\n" : changes;
    return done(text + String.join("", way.remarks()));
  }

  /** Every file and command of {@link #uninstall}, which is not run. */
  public Report dryRunOfUninstall() {
    Plan plan = uninstallPlan();
    return done(plan.isEmpty() ? "Nothing has to change.\n" : plan.rendered());
  }

  /**
   * Installs the service in the best way that works here, or brings it up to date. Everything is
   * undone if it fails.
   *
   * @param atLogin whether the daemon must run from login on
   * @param request what the daemon is asked before the installation and after it
   */
  public Report install(boolean atLogin, FirstRequest request) {
    Way way = ways.best();
    // What is refused without the daemon is refused first: the check starts one if none runs.
    Plan _ = installPlan(way, atLogin);
    check(request);
    Plan plan = installPlan(way, atLogin);
    Runnable undo = plan.applyOrUndo(commands, daemon);
    int exit;
    try {
      exit = request.send();
    } catch (JvaultException e) {
      if (LATER.contains(e.exitCode())) {
        throw e;
      }
      String sentence = e.sentence() + " " + undone(way, undo, e.exitCode());
      throw new JvaultException(e.exitCode(), sentence, e);
    }
    if (exit != ExitCode.OK.status() && !LATER.contains(ExitCode.of(exit))) {
      return new Report(exit, undone(way, undo, ExitCode.of(exit)) + "\n");
    }
    String text =
        (plan.isEmpty() ? "The service is up to date: " : "jvault is there from now on: ")
            + way.title()
            + " starts it.\n";
    return new Report(exit, text + String.join("", way.remarks()) + ways.advice());
  }

  /** The check, which passes if it needs the user only, as the installation does. */
  private static void check(FirstRequest request) {
    try {
      String _ = request.check();
    } catch (JvaultException e) {
      if (!LATER.contains(e.exitCode())) {
        throw new JvaultException(e.exitCode(), e.sentence() + " " + NOTHING_DONE, e);
      }
    }
  }

  /** Undoes an installation; the sentence that says so. */
  private static String undone(Way way, Runnable undo, ExitCode code) {
    String words = code == ExitCode.DAEMON ? way.lastWords() : "";
    undo.run();
    return NOTHING_DONE + (words.isEmpty() ? "" : " The daemon's last line: " + words);
  }

  /** Undoes {@link #install}; what the user edited is kept. */
  public Report uninstall() {
    Plan plan = uninstallPlan();
    plan.applyAll(commands, daemon);
    List<Way> left = ways.installed();
    var text = new StringBuilder();
    text.append(
        plan.isEmpty()
            ? "The service is not installed.\n"
            : "The service is uninstalled; the vault and its settings stay.\n");
    for (Way way : left) {
      way.remarks().forEach(text::append);
    }
    return done(text.toString());
  }

  /** What is installed, what runs, and what is wrong. */
  public Report status() {
    List<Way> installed = ways.installed();
    if (installed.isEmpty()) {
      return new Report(
          ExitCode.FAULT.status(),
          "The service is not installed; `jvault service install` does it.\n");
    }
    var text = new StringBuilder();
    boolean failed = false;
    for (Way way : installed) {
      var rows = new ArrayList<StatusRow>();
      rows.add(new StatusRow("started by", way.title()));
      rows.addAll(way.status());
      text.append(StatusRow.table(rows));
      failed = failed || way.failed();
    }
    int exit = failed ? ExitCode.DAEMON.status() : ExitCode.OK.status();
    return new Report(exit, text + ways.advice());
  }

  /**
   * Copies what the daemon said, if the way that starts it keeps it.
   *
   * @return the exit status, or a negative number if the daemon's log has it
   */
  public int logs(boolean follow, OutputStream out) {
    for (Way way : ways.installed()) {
      int exit = way.logs(follow, out);
      if (exit >= 0) {
        return exit;
      }
    }
    return -1;
  }

  private Plan installPlan(Way way, boolean atLogin) {
    Plan others = new Plan(List.of());
    for (Way other : ways.installed()) {
      if (!other.equals(way)) {
        others = others.then(other.uninstall());
      }
    }
    return others.then(way.install(atLogin));
  }

  private Plan uninstallPlan() {
    Plan plan = new Plan(List.of());
    for (Way way : ways.installed()) {
      plan = plan.then(way.uninstall());
    }
    return plan;
  }

  private static Report done(String text) {
    return new Report(ExitCode.OK.status(), text);
  }
}
