package dev.jvault.prompt;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.HelperProgram;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the driver for a question: the one that {@code AWS_VAULT_PROMPT} names, else the caller's
 * terminal, else a dialog on the caller's desktop.
 */
public final class Drivers {
  /** The variable that names a driver, as in aws-vault. */
  public static final String VARIABLE = "AWS_VAULT_PROMPT";

  private static final Driver TERMINAL = new TerminalDriver();
  private static final Driver OSASCRIPT = new OsascriptDriver();

  /** The dialogs of a desktop with X or Wayland, in order of preference. */
  private static final List<Driver> DIALOGS =
      List.of(new ZenityDriver(), new KdialogDriver(), new PinentryDriver());

  private static final List<Driver> ALL =
      List.of(
          TERMINAL,
          OSASCRIPT,
          DIALOGS.get(0),
          DIALOGS.get(1),
          DIALOGS.get(2),
          new YkmanDriver(),
          new PassDriver());

  private final boolean mac;

  /**
   * The drivers of a system.
   *
   * @param osName {@code os.name}
   */
  public Drivers(String osName) {
    this.mac = osName.startsWith("Mac");
  }

  /**
   * The driver for a question; empty if the user cannot be asked.
   *
   * @throws JvaultException if the variable names an unknown driver
   */
  public Optional<Driver> choose(
      Question.Kind question, Person person, Map<String, String> helper) {
    if (person.holdsAnswer(question)) {
      return Optional.of(TERMINAL);
    }
    Optional<Driver> named =
        named(helper.getOrDefault(VARIABLE, ""), "set " + VARIABLE + " to one of")
            .filter(driver -> driver.answers(question));
    if (named.isPresent()) {
      return named.filter(driver -> driver != TERMINAL || person.canAnswer(question));
    }
    return person.canAnswer(question) ? Optional.of(TERMINAL) : detected(helper);
  }

  /** Whether the caller has a desktop, for a dialog or a browser. */
  public boolean display(Map<String, String> helper) {
    return mac || helper.containsKey("DISPLAY") || helper.containsKey("WAYLAND_DISPLAY");
  }

  /**
   * The driver with this name; empty for an empty name.
   *
   * @param correction how the user names a driver there, such as {@code give --prompt one of}
   * @throws JvaultException if the name is unknown
   */
  public static Optional<Driver> named(String name, String correction) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = ALL.stream().map(Driver::name).toList();
    if (!names.contains(name)) {
      String what = name.equals("wincredui") ? "for Windows only" : "unknown";
      throw new JvaultException(
          ExitCode.USAGE,
          "The prompt driver `%s` is %s; %s %s."
              .formatted(printable(name), what, correction, String.join(", ", names)));
    }
    return Optional.of(ALL.get(names.indexOf(name)));
  }

  private Optional<Driver> detected(Map<String, String> helper) {
    if (!display(helper)) {
      return Optional.empty();
    }
    List<Driver> candidates = mac ? List.of(OSASCRIPT) : DIALOGS;
    return candidates.stream().filter(driver -> installed(driver, helper)).findFirst();
  }

  /** Whether the program exists and shows windows; a pinentry for terminals does not. */
  private static boolean installed(Driver driver, Map<String, String> helper) {
    String program =
        driver instanceof PinentryDriver ? PinentryDriver.program(helper) : driver.name();
    return HelperProgram.find(program, helper).filter(Drivers::showsWindows).isPresent();
  }

  private static boolean showsWindows(Path program) {
    try {
      String real = program.toRealPath().getFileName().toString();
      return !real.endsWith("-curses") && !real.endsWith("-tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static String printable(String name) {
    return HelperCommand.printable(name);
  }
}
